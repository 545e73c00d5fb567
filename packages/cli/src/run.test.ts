import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { recordingIo } from "./recording-io.ts";
import { run } from "./run.ts";

const commands = [
  "demo",
  "serve",
  "import",
  "analyze",
  "correlate",
  "impact",
  "export",
  "change",
  "copy",
  "user",
  "retain",
];

const runOnce = async (...argv: string[]) => {
  const io = recordingIo();
  const exitCode = await run(argv, io);
  return { exitCode, out: io.out(), err: io.err() };
};

test("--help lists every command, and every command has a help of its own", async () => {
  const { exitCode, out } = await runOnce("--help");
  expect(exitCode).toBe(0);
  for (const name of commands) {
    expect(out).toMatch(new RegExp(`^  ${name} +\\w`, "m"));
    const help = await runOnce(name, "--help");
    expect(help).toMatchObject({ exitCode: 0, err: "" });
    expect(help.out).toMatch(new RegExp(`^Usage: heed ${name} `));
  }
});

test("every option that a help names is one that its command takes", async () => {
  for (const name of commands) {
    const { out } = await runOnce(name, "--help");
    const options = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option!);
    expect(options.length).toBeGreaterThan(0);
    for (const option of options) {
      // The second option is unknown to every command, so that none ever runs.
      const { exitCode, err } = await runOnce(name, `${option}=1`, "--no-such-option");
      expect(exitCode).toBe(2);
      expect(err).not.toContain(`Unknown option '${option}'`);
    }
  }
});

test("no line of help is wider than a page", async () => {
  const pages = await Promise.all(
    [["--help"], ...commands.map((name) => [name, "--help"])].map((argv) => runOnce(...argv)),
  );
  for (const { out } of pages)
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
});

test("--version is the version of the package", async () => {
  expect(await runOnce("--version")).toEqual({ exitCode: 0, out: `${packageJson.version}\n`, err: "" });
});

test("no command, an unknown one and an unknown option are wrong usage", async () => {
  expect((await runOnce()).exitCode).toBe(2);
  expect(await runOnce("no\u001B[2Jsuch")).toMatchObject({ exitCode: 2, out: "" });
  expect((await runOnce("no\u001B[2Jsuch")).err).not.toContain("\u001B");
  expect(await runOnce("serve", "--nope")).toMatchObject({ exitCode: 2, out: "" });
});
