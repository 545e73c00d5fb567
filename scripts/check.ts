/** Everything that can be said of the code without running it. Needs a build: the checks on packages read `dist`. */

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const packages = readdirSync(`${root}packages`);
const libraries = packages.filter((folder) => folder !== "cli");

const checks: readonly (readonly [command: string, folder?: string])[] = [
  ["biome check --error-on-warnings ."],
  ["tsc --project ."],
  ["tsc --project packages/widget"],
  ["tsc --project packages/react"],
  ["tsc --project examples"],
  ["tsc --project tests/faults"],
  ["knip"],
  ...packages.map((folder) => ["publint --strict", folder] as const),
  ...libraries.map((folder) => ["attw --pack . --profile node16 --quiet", folder] as const),
];

for (const [command, folder = ""] of checks) {
  const [name, ...options] = command.split(" ");
  const cwd = folder === "" ? root : `${root}packages/${folder}`;
  const { status, stdout, stderr } = spawnSync(name!, options, { cwd, encoding: "utf8" });
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${command}${folder && ` (${folder})`}`);
  if (status === 0) continue;
  process.stdout.write(stdout + stderr);
  process.exitCode = 1;
}
