import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
// Inside the repository, so that its packages are found.
const folder = mkdtempSync(`${root}.tmp-readme-`);
afterAll(() => rmSync(folder, { recursive: true }));

const readmes = ["README.md", ...readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`)];

/** The blocks marked `ts`: each is a whole program. Pages and fragments are marked otherwise. */
const programs = readmes.flatMap((readme) =>
  [...readFileSync(root + readme, "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(([, program], at) => {
    const file = join(folder, `${dirname(readme).replaceAll("/", "-")}-${at + 1}.ts`);
    // Without an import it would share its names with the others.
    writeFileSync(file, `${program}\nexport {};\n`);
    return { name: `${readme}, program ${at + 1}`, file };
  }),
);

describe("the programs of the READMEs", () => {
  it.each(programs)("run: $name", async ({ file }) => {
    await run(process.execPath, ["--conditions=@heed/source", file], { cwd: folder, timeout: 30_000 });
  });

  it("type-check", async () => {
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../tsconfig.json", include: ["*.ts"] }),
    );
    const { stdout } = await run(`${root}node_modules/.bin/tsc`, ["--project", folder]).catch(
      (error) => error,
    );
    expect(stdout).toBe("");
  });
});

describe.each(readmes)("%s", (readme) => {
  it("links to files that exist", () => {
    const links = [...readFileSync(root + readme, "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
    expect(
      links.map(([, link]) => join(root, dirname(readme), link!)).filter((path) => !existsSync(path)),
    ).toEqual([]);
  });
});
