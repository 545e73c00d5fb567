import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureImprovementFromChange, recordEvaluation } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordingIo } from "../../recording-io.ts";
import { run } from "../../run.ts";

let folder: string;
let path: string;
const before = [0.5, 0.52, 0.48, 0.51, 0.49, 0.5];
const after = [0.6, 0.63, 0.58, 0.61, 0.59, 0.62];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-impact-"));
  path = join(folder, "heed.db");
  const store = sqliteStore(path);
  await store.setup();
  for (const [at, overall] of [...before, ...after].entries())
    await recordEvaluation(store, {
      requestId: `req-${at}`,
      timestamp: new Date(Date.UTC(2026, 2, 1 + at)),
      evalScores: { overall },
    });
  await store.close();
});
afterAll(() => rm(folder, { recursive: true }));

const impact = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["impact", "--store", path, ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

const change = ["--change", "prompt v2", "--before", "2026-03-07", "--after", "2026-03-07"];

test("prints both periods, the difference with its interval, both tests and a verdict in words", async () => {
  const { exitCode, out } = await impact(...change);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/before +6 +0\.500 +0\.014\n/);
  expect(out).toMatch(/after +6 +0\.605 +0\.019\n/);
  expect(out).toMatch(/difference +\+0\.105 \(\+21\.0 %\), 95 % interval 0\.0\d\d to 0\.1\d\d\n/);
  expect(out).toMatch(/Welch +t \d+\.\d{3}, df \d\.\d, p \d\.\de-\d+\n/);
  expect(out).toMatch(/Student +t \d+\.\d{3}, df 10\.0, p \d\.\de-\d+\n/);
  expect(out).toContain("The score improved, by more than chance explains.");
});

test("--json is the answer of the analysis itself", async () => {
  const { exitCode, out } = await impact(...change, "--json");
  expect(exitCode).toBe(0);
  const store = sqliteStore(path);
  const beforeDate = new Date("2026-03-07");
  const answer = await measureImprovementFromChange(store, {
    change: "prompt v2",
    beforeDate,
    afterDate: beforeDate,
  });
  await store.close();
  expect(answer.verdict).toBe("improved");
  expect(JSON.parse(out)).toEqual(answer);
});

test("too little data is an answer", async () => {
  const { exitCode, out } = await impact("--change", "x", "--before", "2020-01-01", "--after", "2030-01-01");
  expect(exitCode).toBe(0);
  expect(out).toContain(
    "Not enough data: each side needs 2 scored requests, and there are 0 before and 0 after.",
  );
});

test("dates in the wrong order are refused with a code", async () => {
  const { exitCode, err } = await impact("--change", "x", "--before", "2026-03-08", "--after", "2026-03-07");
  expect(exitCode).toBe(2);
  expect(err).toBe("heed: INVALID_QUERY afterDate lies before beforeDate\n");
});

test("what must be given is asked for", async () => {
  expect(await impact("--before", "2026-03-07", "--after", "2026-03-07")).toMatchObject({
    exitCode: 2,
    err: "heed: --change NAME is missing\n",
  });
});
