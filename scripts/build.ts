/** Builds every package into its `dist`; with `--widget-file`, only the file that pages load, in a second. */

import { execFile } from "node:child_process";
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const packages = fileURLToPath(new URL("../packages/", import.meta.url));
const library = `${packages}../tsup.config.ts`;

const tsup = (folder: string, ...options: string[]) =>
  promisify(execFile)("tsup", options, { cwd: packages + folder });

const buildWidgetFile = () => tsup("widget");

if (process.argv.includes("--widget-file")) await buildWidgetFile();
else {
  const folders = readdirSync(packages);
  for (const folder of folders) rmSync(`${packages}${folder}/dist`, { recursive: true, force: true });
  await Promise.all(folders.map((folder) => tsup(folder, "--config", library)));
  for (const folder of folders) copyFileSync(`${packages}../LICENSE`, `${packages}${folder}/LICENSE`);
  await buildWidgetFile();
}
