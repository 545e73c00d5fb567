import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportDataset, recordEvaluation, recordFeedback, type Store } from "@heed/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite } from "../simulated-store.ts";

let folder: string;
let path: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-export-"));
  path = join(folder, "heed.db");
  out = join(folder, "training");
  await withSqlite(path, async (store) => {
    await store.setup?.();
    await fill(store);
  });
});
afterEach(() => rm(folder, { recursive: true }));

/** Ten prompts with a good and a bad output each, from a user each who allowed the use, but for the last. */
const fill = async (store: Store): Promise<void> => {
  const ids = Array.from({ length: 10 }, (_, at) => at);
  const metadata = (at: number) => ({ training: at < 9 });
  await recordEvaluation(
    store,
    ids.flatMap((at) =>
      ["good", "bad"].map((kind) => ({
        requestId: `req-${at}-${kind}`,
        prompt: `question ${at}`,
        output: `${kind} answer`,
        metadata: metadata(at),
      })),
    ),
  );
  await recordFeedback(
    store,
    ids.flatMap((at) =>
      (["good", "bad"] as const).map((kind) => ({
        requestId: `req-${at}-${kind}`,
        userId: `user-${at}`,
        type: "explicit_rating" as const,
        value: kind === "good" ? 5 : 1,
      })),
    ),
  );
};

const exported = async (args: readonly string[], signal?: AbortSignal) => {
  const io = recordingIo(signal ? { signal } : {});
  const exitCode = await run(["export", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};
const asked = (...more: readonly string[]) => [
  "--store",
  path,
  "--format",
  "openai-dpo",
  "--out",
  out,
  ...more,
];

test("writes the files, and says what is in them and what is not", async () => {
  const {
    exitCode,
    out: text,
    err,
  } = await exported(asked("--consent", "training=true", "--holdout", "0.3"));
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  expect(text).toMatch(/^Exported 9 rows as openai-dpo: \d to train with, \d to validate with\.\n/);
  expect(text).toMatch(/^ {2}openai-dpo\.train\.jsonl +\d {2}[0-9a-f]{64}$/m);
  expect(text).toContain("Rows: 9 from votes; with the feedback of 9 known users.\n");
  expect(text).toContain("Only feedback with training=true is in it.\n");
  expect(text).toMatch(/Left out:\n {2}2 {2}requests without the consent\n/);
  expect((await readdir(out)).sort()).toEqual([
    "openai-dpo.manifest.json",
    "openai-dpo.provenance.jsonl",
    "openai-dpo.train.jsonl",
    "openai-dpo.validation.jsonl",
  ]);
});

test("says how to have more to validate with, where users ask the same", async () => {
  const shared = join(folder, "shared.db");
  await withSqlite(shared, async (store) => {
    await store.setup?.();
    const ids = Array.from({ length: 60 }, (_, at) => at);
    const requestId = (at: number) => `req-${at}`;
    await recordEvaluation(
      store,
      ids.map((at) => ({
        requestId: requestId(at),
        prompt: `question ${at % 6}`,
        output: `answer ${at}`,
      })),
    );
    await recordFeedback(
      store,
      ids.map((at) => ({
        requestId: requestId(at),
        userId: `user-${at}`,
        type: "explicit_thumbs_up" as const,
        value: true as const,
      })),
    );
  });
  const args = ["--store", shared, "--format", "labelled", "--out", out, "--holdout", "0.3"];
  const hint = "--group-by prompt leaves more of them.";
  expect((await exported(args)).out.replaceAll("\n", " ")).toContain(hint);
  expect((await exported([...args, "--group-by", "prompt"])).out.replaceAll("\n", " ")).not.toContain(hint);
});

test("--json is the answer of core, with its options under their names", async () => {
  const ids = join(folder, "held-out.txt");
  await writeFile(ids, "req-3-good\r\nreq-4-bad\n");
  const { out: text } = await exported([
    ...["--store", path, "--format", "csv", "--out", out, "--name", "pairs", "--rows", "preferences"],
    ...[
      "--exclude",
      ids,
      "--holdout",
      "0.2",
      "--group-by",
      "prompt",
      "--seed",
      "4",
      "--human-threshold",
      "2.5",
    ],
    ...["--minimum-gap", "2", "--max-per-user", "1", "--set-aside-suspicious", "--json"],
  ]);
  const again = join(folder, "again");
  const answer = await withSqlite(path, (store) =>
    exportDataset(store, {
      ...{ format: "csv", directory: again, name: "pairs", rows: "preferences", holdout: 0.2, seed: 4 },
      ...{ exclude: ["req-3-good", "req-4-bad"], groupBy: "prompt", humanThreshold: 2.5 },
      ...{ minimumGap: 2, maxPerUser: 1 },
    }),
  );
  const told = JSON.parse(text);
  expect(told).toMatchObject({ verdict: "exported", rows: 8 });
  expect(told.manifest).toEqual(JSON.parse(JSON.stringify("manifest" in answer && answer.manifest)));
  expect(await readFile(join(out, "pairs.train.csv"))).toEqual(
    await readFile(join(again, "pairs.train.csv")),
  );
});

test("the same command writes the same bytes", async () => {
  await exported(asked());
  const first = await readFile(join(out, "openai-dpo.manifest.json"));
  await exported(asked());
  expect(await readFile(join(out, "openai-dpo.manifest.json"))).toEqual(first);
});

test("nothing to export is an answer, and writes no file", async () => {
  const { exitCode, out: text } = await exported(asked("--consent", "training=perhaps"));
  expect(exitCode).toBe(0);
  expect(text).toMatch(/^Nothing to export: .+\n\nLeft out:\n {2}20 {2}requests without the consent\n$/);
  expect(await readdir(folder)).not.toContain("training");
});

test("being stopped is exit code 130, and leaves no file", async () => {
  expect(await exported(asked(), AbortSignal.abort())).toEqual({ exitCode: 130, out: "", err: "" });
  expect(await readdir(folder)).not.toContain("training");
});

test("what is missing or malformed is wrong usage", async () => {
  for (const args of [
    ["--store", path, "--format", "openai-dpo"],
    ["--store", path, "--out", out],
    ["--store", path, "--format", "word", "--out", out],
    asked("--consent", "training"),
    asked("--holdout", "1"),
    asked("--name", "../elsewhere"),
    asked("--style", "fancy"),
  ])
    expect(await exported(args)).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringMatching(/^heed: .+\n$/),
    });
  expect(await exported(asked("--exclude", join(folder, "missing")))).toMatchObject({
    exitCode: 1,
    err: expect.stringMatching(/^heed: ENOENT/),
  });
});
