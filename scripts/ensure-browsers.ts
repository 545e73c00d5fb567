/** Makes sure that the browser tests find their browsers: those of the system, or some installed now. */
import { spawnSync } from "node:child_process";
import { isRootOnDebian } from "./is-root-on-debian.ts";
import { testBrowsers } from "./test-browsers.ts";

const missing = () => testBrowsers.filter(({ find }) => find() === undefined);
const namesOf = (browsers: readonly { readonly name: string }[]) =>
  browsers.map(({ name }) => name).join(", ");

const run = (command: string): void => {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(command, { shell: true, stdio: "inherit", env });
};

const installable = missing().filter(({ isRequired }) => isRequired);
if (installable.length > 0) {
  console.log(`Installing what the browser tests need and do not find: ${namesOf(installable)}.`);
  if (isRootOnDebian()) {
    const packages = installable.flatMap(({ debianPackages }) => debianPackages);
    run("apt-get update");
    run(`apt-get install --yes --no-install-recommends ${packages.join(" ")}`);
  } else run("playwright-core install chromium");
}

for (const { name, variable, debianPackages, isRequired } of missing()) {
  const remedy = `install it (Debian: ${debianPackages.join(" ")}), or set ${variable} to its executable`;
  if (isRequired) {
    console.error(`${name} could not be installed, and the tests need it: ${remedy}.`);
    process.exitCode = 1;
  } else console.log(`No ${name} here: its tests are skipped. To run them, ${remedy}.`);
}
