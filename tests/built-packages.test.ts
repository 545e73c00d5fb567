import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = new URL("..", import.meta.url).pathname;

/** Every module that the packages export, by the name that users import. */
const entries = readdirSync(`${root}packages`).flatMap((folder) => {
  const { name, exports = {} } = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, "utf8"));
  return Object.keys(exports)
    .filter((path) => typeof exports[path] === "object")
    .map((path) => path.replace(".", name));
});

/** Loads a module as users do, from its build, in a process of its own, and gives the names it exports. */
const exportsOf = async (code: string, kind: "module" | "commonjs"): Promise<string[]> => {
  const { stdout, stderr } = await run(process.execPath, [`--input-type=${kind}`, "--eval", code], {
    cwd: root,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
};

describe("the built packages", () => {
  it.each(entries)("%s loads as ESM and as CommonJS, with the same exports", async (name) => {
    const esm = await exportsOf(
      `import * as all from "${name}"; console.log(JSON.stringify(Object.keys(all).sort()))`,
      "module",
    );
    const cjs = await exportsOf(
      `console.log(JSON.stringify(Object.keys(require("${name}")).sort()))`,
      "commonjs",
    );
    expect(cjs).toEqual(esm);
  });

  it("gives the command line its version", async () => {
    const { version } = JSON.parse(readFileSync(`${root}packages/cli/package.json`, "utf8"));
    const { stdout } = await run(process.execPath, [`${root}packages/cli/dist/main.js`, "--version"]);
    expect(stdout.trim()).toBe(version);
  });
});
