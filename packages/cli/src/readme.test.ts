import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordingIo } from "./recording-io.ts";
import { run } from "./run.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);

/** The commands of the examples that end by themselves, as words. */
const commands = blocks
  .flatMap((block) => block.split("\n"))
  .filter((line) => /^heed (?!serve|demo)/.test(line))
  .map((line) => [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word).slice(1));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-readme-"));
  const [, lines] = /<<'LINES'\n(.*?)^LINES$/ms.exec(readme)!;
  await writeFile(join(folder, "lines.jsonl"), lines!);
});
afterAll(() => rm(folder, { recursive: true }));

test("the examples run, one after the other on the same file", async () => {
  expect(commands.map(([name]) => name)).toEqual(
    expect.arrayContaining(["import", "change", "analyze", "impact"]),
  );
  for (const words of commands) {
    const io = recordingIo();
    const inFolder = words.map((word) =>
      /^(heed\.db|lines\.jsonl)$/.test(word) ? join(folder, word) : word,
    );
    const exitCode = await run(inFolder, io);
    expect({ words, exitCode, err: io.err() }).toEqual({ words, exitCode: 0, err: "" });
    expect(io.out()).not.toBe("");
  }
});

test("every analysis is in the table, with what it answers", async () => {
  const io = recordingIo();
  await run(["analyze", "--help"], io);
  const [, list] = io.out().split("Analyses, ");
  const names = [...list!.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names)
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\| .+\\? +\\| \`\\w+\` +\\|$`, "m"));
});
