/** Brings the databases that the stores are tested on, from the npm registry: they are too large to be dependencies. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../tests/engines/", import.meta.url));

// Their install scripts only make links, which the tests make themselves.
const options = [
  "install",
  "--no-package-lock",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];
const { status } = spawnSync("npm", options, { cwd: folder, stdio: "inherit" });
if (status !== 0) console.error("The databases for the tests could not be installed.");
process.exitCode = status ?? 1;
