import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { correlateFeedbackWithMetrics, recordEvaluation, recordFeedback } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordingIo } from "../../recording-io.ts";
import { run } from "../../run.ts";

let folder: string;
let path: string;
const ratings = [1, 2, 3, 4, 5, 2, 3, 4, 5, 5, 1, 2];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-correlate-"));
  path = join(folder, "heed.db");
  const store = sqliteStore(path);
  await store.setup();
  for (const [at, value] of ratings.entries()) {
    const requestId = `req-${at}`;
    const timestamp = new Date(Date.UTC(2026, 2, 1 + at));
    await recordFeedback(store, { type: "explicit_rating", value, requestId, userId: "u" });
    await recordEvaluation(store, {
      requestId,
      timestamp,
      model: `model-${at % 5}`,
      evalScores: { overall: value / 5 + (at % 3) / 10, other: -value },
    });
  }
  await store.close();
});
afterAll(() => rm(folder, { recursive: true }));

test("a file that is not heed's is left as it was", async () => {
  const foreign = join(folder, "foreign.db");
  const database = new DatabaseSync(foreign);
  database.exec("CREATE TABLE mine (a)");
  database.close();
  const before = await readFile(foreign);
  expect(await correlate("--store", foreign)).toMatchObject({ exitCode: 1, out: "" });
  expect(await readFile(foreign)).toEqual(before);
});

const correlate = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["correlate", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

test("prints n, coefficients, intervals, p-values and a verdict in words", async () => {
  const { exitCode, out } = await correlate("--store", path);
  expect(exitCode).toBe(0);
  expect(out).toContain('Score "overall" against votes, by request: 12 pairs');
  expect(out).toMatch(/Spearman +0\.\d{3} +-?\d\.\d{3} to \d\.\d{3} +\d/);
  expect(out).toContain("The score goes with the votes");
});

test("--json is the answer of the analysis itself, for every option", async () => {
  const options = {
    score: "other",
    level: "model",
    since: new Date("2026-03-02"),
    until: new Date("2026-03-12"),
  };
  const { exitCode, out } = await correlate(
    ...["--store", path, "--score", "other", "--level", "model"],
    ...["--since", "2026-03-02", "--until", "2026-03-12T00:00:00Z", "--json"],
  );
  expect(exitCode).toBe(0);
  const store = sqliteStore(path);
  const answer = await correlateFeedbackWithMetrics(store, options);
  await store.close();
  expect(answer).toMatchObject({ verdict: "estimated", n: 5 });
  expect(JSON.parse(out)).toEqual(answer);
});

test("too little data is an answer", async () => {
  const { exitCode, out } = await correlate("--store", path, "--score", "unknown");
  expect(exitCode).toBe(0);
  expect(out).toContain("Not enough data: 4 pairs");
});

test("what a caller names the score cannot steer the terminal", async () => {
  const { out } = await correlate("--store", path, "--score", "\u001B[31mred");
  expect(out).not.toContain("\u001B");
});

test("a file that is not there is not made, and is an error with its code", async () => {
  const missing = join(folder, "missing.db");
  expect(await correlate("--store", missing)).toEqual({
    exitCode: 1,
    out: "",
    err: "heed: STORE_FAILED sqlite store has no such file\n",
  });
  expect(existsSync(missing)).toBe(false);
});

test("a file that is no database is one line with a code, and stays as it was", async () => {
  const text = join(folder, "text.db");
  await writeFile(text, "not a database, and long enough to be told from an empty one".repeat(20));
  const { exitCode, err } = await correlate("--store", text);
  expect(exitCode).toBe(1);
  expect(err).toMatch(/^heed: STORE_FAILED .*\n$/);
});

test("wrong usage exits 2 and says what is wrong", async () => {
  for (const args of [[], ["--store", path, "--levle", "model"], ["--store", path, "extra"]])
    expect(await correlate(...args)).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringMatching(/^heed: .+\n$/),
    });
  expect((await correlate("--store", path, "--since", "yesterday")).err).toContain("--since takes a date");
});
