/** Everything that can be said of the code without running it. Needs a build: the checks on packages read `dist`. */

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
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

const waiting = [...checks];

/** Takes one check after the other, as long as there are any. */
const work = async (): Promise<void> => {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [command, folder = ""] = check;
    const [name, ...options] = command.split(" ");
    const cwd = folder === "" ? root : `${root}packages/${folder}`;
    const { failed, output } = await run(name!, options, cwd);
    console.log(`${failed ? "FAIL" : "ok  "} ${command}${folder && ` (${folder})`}`);
    if (!failed) continue;
    process.stdout.write(output);
    process.exitCode = 1;
  }
};

const run = (
  name: string,
  options: readonly string[],
  cwd: string,
): Promise<{ failed: boolean; output: string }> =>
  new Promise((resolve) => {
    execFile(name, options, { cwd, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, output: stdout + stderr }),
    );
  });

// Each is one process that keeps one core busy.
await Promise.all(Array.from({ length: availableParallelism() }, work));
