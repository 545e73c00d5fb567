import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getFeedbackSummary, memoryStore } from "@heed/core";
import { createHandler } from "@heed/server";
import { listen } from "@heed/server/node";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

/** Every module that the packages export, by the name that users import. */
const entries = readdirSync(`${root}packages`).flatMap((folder) => {
  const { name, exports = {} } = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, "utf8"));
  return Object.keys(exports)
    .filter((path) => typeof exports[path] === "object")
    .map((path) => path.replace(".", name));
});

/** Runs a program that loads modules as users do, from their build, and gives the JSON that it prints. */
const printedBy = async (code: string, kind: "module" | "commonjs"): Promise<unknown> => {
  const { stdout, stderr } = await run(process.execPath, [`--input-type=${kind}`, "--eval", code], {
    cwd: root,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
};

describe("the built packages", () => {
  it.each(entries)("%s loads as ESM and as CommonJS, with the same exports", async (name) => {
    const esm = await printedBy(
      `import * as all from "${name}"; console.log(JSON.stringify(Object.keys(all).sort()))`,
      "module",
    );
    const cjs = await printedBy(
      `console.log(JSON.stringify(Object.keys(require("${name}")).sort()))`,
      "commonjs",
    );
    expect(cjs).toEqual(esm);
  });

  it.each([
    ["ESM", "module", 'import { createFeedback } from "@heed/widget";'],
    ["CommonJS", "commonjs", 'const { createFeedback } = require("@heed/widget");'],
  ] as const)("deliver a vote from the widget's client as %s", async (_, kind, load) => {
    const store = memoryStore();
    const server = await listen(createHandler({ store, allowAnonymous: true }));
    const vote = `createFeedback({ endpoint: "${server.url}/v1/feedback" }).rate("req-1", 4)`;
    const code = `${load} ${vote}.then((outcome) => console.log(JSON.stringify(outcome)))`;
    expect(await printedBy(code, kind)).toBe("stored");
    expect(await getFeedbackSummary(store, "req-1")).toMatchObject({ avgRating: 4 });
    await server.close();
  });

  it("gives the command line its version", async () => {
    const { version } = JSON.parse(readFileSync(`${root}packages/cli/package.json`, "utf8"));
    const { stdout } = await run(process.execPath, [`${root}packages/cli/bin/heed.js`, "--version"]);
    expect(stdout.trim()).toBe(version);
  });
});
