import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordEvaluation, recordFeedback, type Store } from "@heed/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite } from "../simulated-store.ts";

const dayMs = 24 * 60 * 60 * 1000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * dayMs);
const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

let folder: string;
let path: string;
let sums: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-retain-"));
  path = join(folder, "heed.db");
  sums = join(folder, "daily.jsonl");
  await withSqlite(path, async (store) => {
    await store.setup?.();
    await fill(store);
  });
});
afterEach(() => rm(folder, { recursive: true }));

/** Three requests of a hundred days ago, one of them voted on later, and one of today. */
const fill = async (store: Store): Promise<void> => {
  await recordEvaluation(store, [
    { requestId: "old-1", timestamp: daysAgo(100), model: "small", evalScores: { overall: 0.5 } },
    { requestId: "old-2", timestamp: daysAgo(100), model: "large", evalScores: { overall: 0.7 } },
    { requestId: "old-3", timestamp: daysAgo(100), model: "large" },
    { requestId: "new", timestamp: daysAgo(0), model: "large" },
  ]);
  await recordFeedback(store, [
    { requestId: "old-2", type: "explicit_rating", value: 5 },
    { requestId: "new", type: "explicit_rating", value: 2 },
  ]);
};

const retain = async (args: readonly string[], signal?: AbortSignal) => {
  const io = recordingIo(signal ? { signal } : {});
  const exitCode = await run(["retain", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

const requestsLeft = () =>
  withSqlite(path, async (store) =>
    (await store.readEvaluations({}, { limit: 100 })).items.map(({ requestId }) => requestId).sort(),
  );
const linesIn = async (file: string) =>
  (await readFile(file, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

const counts = (requests: number, records: number, events: number): RegExp =>
  new RegExp(`requests +${requests}\nrecords +${records}\nevents +${events}\n`);

test("old requests go, and young ones stay", async () => {
  const { exitCode, out } = await retain(["--store", path, "--older-than", "90"]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(new RegExp(`^Removed what happened before ${dayOf(daysAgo(90))}T00:00:00.000Z\n`));
  expect(out).toMatch(counts(3, 3, 1));
  expect(await requestsLeft()).toEqual(["new"]);
  expect((await retain(["--store", path, "--older-than", "90"])).out).toMatch(counts(0, 0, 0));
});

test("a dry run only counts, and writes no file", async () => {
  const { exitCode, out } = await retain([
    "--store",
    path,
    "--older-than",
    "90",
    "--aggregates",
    sums,
    "--dry-run",
  ]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^Would remove /);
  expect(out).toMatch(counts(3, 3, 1));
  expect(await requestsLeft()).toHaveLength(4);
  expect(await readdir(folder)).not.toContain("daily.jsonl");
});

test("sums by day and label are in a file, where a part of a day that comes again changes nothing", async () => {
  const args = ["--store", path, "--older-than", "90", "--aggregates", sums, "--by", "model"];
  expect((await retain(args)).out).toMatch(/sums kept +2\n/);
  const kept = await linesIn(sums);
  const day = dayOf(daysAgo(100));
  expect(kept).toMatchObject([
    {
      day,
      labels: { model: "large" },
      scoreName: "overall",
      logged: 2,
      voted: 1,
      score: { n: 1, mean: 0.7 },
    },
    {
      day,
      labels: { model: "small" },
      scoreName: "overall",
      logged: 1,
      voted: 0,
      score: { n: 1, mean: 0.5 },
    },
  ]);

  await withSqlite(path, (store) =>
    recordEvaluation(store, { requestId: "late", timestamp: daysAgo(100), model: "large" }),
  );
  expect((await retain(args)).out).toMatch(counts(1, 1, 0));
  expect(await linesIn(sums)).toEqual(kept);

  // Another score is another row.
  await withSqlite(path, fill);
  await retain([...args, "--score", "other"]);
  expect(await linesIn(sums)).toHaveLength(4);
  expect((await readdir(folder)).sort()).toEqual(["daily.jsonl", "heed.db"]);
});

test("nothing goes where the sums cannot be kept", async () => {
  const args = ["--store", path, "--older-than", "90", "--aggregates"];
  await writeFile(sums, "a shopping list\n");
  expect(await retain([...args, sums])).toMatchObject({ exitCode: 2, out: "" });
  expect(await readFile(sums, "utf8")).toBe("a shopping list\n");
  expect(await retain([...args, join(folder, "missing", "daily.jsonl")])).toMatchObject({
    exitCode: 1,
    out: "",
    err: expect.stringMatching(/^heed: ENOENT.*\n$/),
  });
  expect(await requestsLeft()).toHaveLength(4);
});

test("a run that is stopped exits 130", async () => {
  const stopped = await retain(["--store", path, "--older-than", "90"], AbortSignal.abort());
  expect(stopped).toEqual({ exitCode: 130, out: "", err: "" });
  expect(await requestsLeft()).toHaveLength(4);
});

test("what is missing or malformed is wrong usage", async () => {
  for (const args of [
    ["--store", path],
    ["--older-than", "90"],
    ["--store", path, "--older-than", "-1"],
    ["--store", path, "--older-than", "1.5"],
    ["--store", path, "--older-than", "100001"],
    ["--store", path, "--older-than", "90", "--by", "model"],
  ])
    expect(await retain(args)).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringMatching(/^heed: .+\n$/),
    });
  expect(await requestsLeft()).toHaveLength(4);
});
