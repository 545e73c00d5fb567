import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainNegativeFeedback } from "@heed/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite, writeSimulatedStore } from "../simulated-store.ts";
import { writeTrial } from "../trial-store.ts";

let folder: string;
let path: string;
let hostilePath: string;
/** Clears the screen, and turns the reading direction. */
const hostile = "\u001B[2J\u202E\n\u2028";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-themes-"));
  path = join(folder, "simulated.db");
  hostilePath = join(folder, "hostile.db");
  await writeSimulatedStore(path);
  await withSqlite(hostilePath, async (store) => {
    await store.setup?.();
    await writeTrial(store, [
      { version: "v1", liked: 9, disliked: 9, topic: "calm" },
      { version: "v1", liked: 9, disliked: 9, topic: `angry${hostile}`, comment: `wrong${hostile}amount` },
    ]);
  });
});
afterAll(() => rm(folder, { recursive: true }));

const themes = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["themes", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

test("tells of the demo's history what its users complain of", async () => {
  const { exitCode, out, err } = await themes("--store", path, "--by", "topic");
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  expect(out).toMatch(/the largest is [a-z ]+: \d+ thumbs down of \d+ users\.\n/);
  expect(out).toContain("The answer leaves out the most important step.");
});

test("--json is the answer of the analysis itself", async () => {
  const { out } = await themes(
    ...["--store", path, "--by", "topic,model", "--limit", "2", "--examples-per-theme", "1"],
    ...["--smallest", "2", "--human-threshold", "4", "--q", "0.2", "--confidence", "0.9", "--json"],
  );
  const answer = await withSqlite(path, (store) =>
    explainNegativeFeedback(store, {
      ...{ by: ["topic", "model"], limit: 2, examplesPerTheme: 1, smallest: 2 },
      ...{ humanThreshold: 4, q: 0.2, confidence: 0.9 },
    }),
  );
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(answer)));
  expect(answer).toMatchObject({ verdict: "themes_found", themes: [{}, {}] });
});

test("what users wrote steers no terminal", async () => {
  for (const json of [[], ["--json"]]) {
    const { exitCode, out } = await themes("--store", hostilePath, "--by", `topic,none${hostile}`, ...json);
    expect(exitCode).toBe(0);
    expect(out).toContain("wrong");
    expect(out).toContain("angry");
    expect(out).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    if (json.length === 0)
      for (const line of out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
  }
});

test("suspicious feedback can be set aside, and little is an answer", async () => {
  const { exitCode, out } = await themes("--store", hostilePath, "--set-aside-suspicious");
  expect(exitCode).toBe(0);
  // Nine times the same within an hour, but from nine users.
  expect(out).toContain("What users complain of");
  expect((await themes("--store", hostilePath, "--until", "2020-01-01")).out).toContain("Not enough data");
});
