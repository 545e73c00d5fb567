import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordChange, recordEvaluation, recordFeedback, type Store } from "@heed/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordingIo } from "../../recording-io.ts";
import { run } from "../../run.ts";
import { withSqlite } from "../../simulated-store.ts";
import { times } from "../../voted-store.ts";
import { analyzeCommand } from "../analyze.ts";

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-analyze-"));
  path = join(folder, "heed.db");
  await withSqlite(path, writeHostileText);
});
afterAll(() => rm(folder, { recursive: true }));

const analyze = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["analyze", ...args, "--store", path], io);
  return { exitCode, out: io.out(), err: io.err() };
};

/** Clears the screen, turns the reading direction, breaks the line. */
const steering = "\u001B[2J\u202E\u009B31m\n\u2028";
/** What is left of it where names take no control character. */
const steeringName = "\u202E\u009B31m\u2028";

/** Text of strangers wherever a store takes any, in numbers that make every analysis tell of it. */
const writeHostileText = async (store: Store): Promise<void> => {
  await store.setup?.();
  for (const at of times(160, (index) => index)) {
    const isLiked = at % 2 === 0;
    const requestId = `${steeringName}-${at}`;
    const cohort = `${isLiked ? "fans" : "others"}${steering}`;
    const topic = `${at === 0 ? "rare" : at % 4 < 2 ? "bills" : "parts"}${steering}`;
    const score = isLiked === at % 8 < 6 ? 0.9 : 0.2;
    await recordEvaluation(store, {
      requestId,
      timestamp: new Date(Date.UTC(2026, 2, 1 + Math.floor(at / 8))),
      prompt: `${steering}${at === 3 ? "another" : "prompt"}`,
      output: `${steering}output`,
      model: `model${steeringName}`,
      promptVersion: `version${steeringName}`,
      evaluator: { name: `judge${steeringName}` },
      evalScores: { overall: score + (at % 7) / 100 + (at > 120 ? 0.05 : 0) },
      metadata: { userCohort: cohort, topic },
    });
    if (at % 16 === 1) continue;
    const about = { requestId, userId: `${steeringName}-user-${at % 120}` };
    await recordFeedback(store, [
      { ...about, type: isLiked ? "explicit_thumbs_up" : "explicit_thumbs_down", value: true },
      { ...about, type: "explicit_text_comment", value: `${steering}comment` },
    ]);
  }
  await recordChange(store, {
    change: `change${steeringName}`,
    timestamp: new Date("2026-03-10"),
    reason: `reason${steering}`,
    segment: { label: "topic", value: `parts${steering}` },
  });
};

const dates = ["--before", "2026-03-10", "--after", "2026-03-10"];

/** Every analysis by itself, with what it cannot do without. */
const subcommands = [...analyzeCommand.subcommands!.keys()].map((name) => [
  name,
  ...(name === "impact" ? ["--change", "x", ...dates] : name === "audit-sample" ? ["--n", "20"] : []),
]);

test("text of strangers never reaches the terminal as it is, as text or as JSON", async () => {
  const forbidden = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
  const none = `none${steering}`;
  const runs = [
    [],
    ...subcommands,
    ["correlate", "--level", none],
    ["correlate", "--score", none],
    ["correlate", "--scores", none, "--level", none],
    ["agreement", "--score", none],
    ["miscalibrated", "--score", none],
    ["segments", "--by", "topic,userCohort", "--smallest", "5"],
    ["segments", "--by", none, "--metric", "gap", "--score", none],
    ["contradictions", "--across", "topic"],
    ["contradictions", "--across", none, "--by", none],
    ["rates", "--by", none],
    ["weights", "--by", `${none},userCohort`],
    ["satisfaction", "--by", none, "--score", none],
    ["service-levels", "--by", "topic"],
    ["service-levels", "--by", none],
    ["suspicious", "--smallest-cluster", "2", "--few-users", "1000"],
    ["drift", "--score", none],
    ["drift", "--score", none, "--metric", "gap"],
    [
      ...["impact", "--change", `mine${steering}`, ...dates, "--score", "overall"],
      ...["--control", `topic=parts${steering}`, "--segment", `userCohort=fans${steering}`],
      ...["--chosen-for", `userCohort=fans${steering}`, "--adjust-for", `topic,userCohort${steering}`],
    ],
    ["impact", "--change", `mine${steering}`, ...dates, "--score", none],
  ];
  const told = new Set<string | undefined>();
  for (const args of runs)
    for (const json of [[], ["--json"]]) {
      const { exitCode, out } = await analyze(...args, ...json);
      expect({ args, exitCode }).toEqual({ args, exitCode: 0 });
      expect(out).not.toMatch(forbidden);
      if (json.length === 0)
        for (const line of out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
      if (out.includes("\uFFFD")) told.add(args[0]);
    }
  // That nothing was hostile would be no test.
  expect([...told].sort()).toEqual(
    [
      undefined,
      ...["agreement", "audit-sample", "changes", "contradictions", "correlate", "drift", "impact"],
      ...["miscalibrated", "rates", "satisfaction", "segments", "service-levels", "weights"],
      ...["anomalies", "suspicious"],
    ].sort(),
  );
});

test("JSON is what was asked for even where text had to be escaped", async () => {
  const { out } = await analyze("changes", "--json");
  expect(JSON.parse(out)).toMatchObject([{ reason: `reason${steering}`, change: `change${steeringName}` }]);
});
