/** Makes sure that the browser tests find a Chromium: the one of the system, or one installed now. */
import { spawnSync } from "node:child_process";
import { findChromium } from "./find-chromium.ts";

if (!findChromium()) {
  console.log("No Chromium found (CHROMIUM_PATH, the system, Playwright's own): installing one.");
  const isRootOnDebian = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  const commands = isRootOnDebian
    ? ["apt-get update", "apt-get install --yes --no-install-recommends chromium"]
    : ["playwright-core install chromium"];
  for (const command of commands) spawnSync(command, { shell: true, stdio: "inherit" });
  if (!findChromium()) {
    console.error("Chromium could not be installed: set CHROMIUM_PATH to the executable of one.");
    process.exitCode = 1;
  }
}
