import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  detectDrift,
  estimateSatisfaction,
  findContradictions,
  findSegments,
  identifyMiscalibratedOutputs,
  listChanges,
  measureAgreement,
} from "@heed/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite, writeSimulatedStore } from "../simulated-store.ts";
import { analyzeCommand } from "./analyze.ts";

let folder: string;
let simulated: string;
let empty: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-analyze-"));
  simulated = join(folder, "simulated.db");
  empty = join(folder, "empty.db");
  await writeSimulatedStore(simulated);
  await withSqlite(empty, async (store) => store.setup?.());
});
afterAll(() => rm(folder, { recursive: true }));

const analyze = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["analyze", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

const dates = ["--before", "2026-03-15", "--after", "2026-03-15"];
const change = ["--change", "prompt v2", ...dates];

/** Every analysis by itself, with what it cannot do without. */
const subcommands = [...analyzeCommand.subcommands!.keys()].map((name) => [
  name,
  ...(name === "impact" ? change : name === "audit-sample" ? ["--n", "20"] : []),
]);

test("the whole picture answers its questions in order, the numbers beside", async () => {
  const { exitCode, out, err } = await analyze("--store", simulated);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  expect(out.match(/^.+(?=\n=+\n)/gm)).toEqual([
    "Does the evaluator agree with the users?",
    "Where does it not?",
    "Is a group unhappy?",
    "Do groups contradict each other?",
    "Whose voice do we hear?",
    "Has something drifted?",
    "What was changed?",
  ]);
  expect(out).toContain('"overall" goes with the votes');
  expect(out).toContain("kappa 0.");
  expect(out.match(/^ {2}sim-\d{4}\n {4}evaluator {2}too (kind|harsh)/gm)).toHaveLength(3);
  expect(out).toContain("No segment differs");
  expect(out).toContain("You hear too little of new, and too much of power.");
  expect(out).toMatch(/votes, each userCohort at its share +\d\d\.\d % +\d\d\.\d to \d\d\.\d % +\d+/);
  expect(out).toContain('Moved: Score "overall".');
  expect(out).toMatch(/2026-03-15 00:00 {2}prompt v2\n {20}reason {4}answers left out what to do next/);
});

test("the whole picture as JSON is one object with a key for each analysis", async () => {
  const period = { since: new Date("2026-03-05"), until: new Date("2026-03-25") };
  const { exitCode, out } = await analyze(
    ...["--store", simulated, "--since", "2026-03-05", "--until", "2026-03-25", "--json"],
  );
  expect(exitCode).toBe(0);
  const scored = { score: "overall", ...period };
  const by = ["userCohort", "model", "promptVersion"];
  expect(JSON.parse(out)).toEqual(
    await withSqlite(simulated, async (store) =>
      asJson({
        correlations: await correlateFeedbackWithMetrics(store, { scores: "all", ...period }),
        agreement: await measureAgreement(store, scored),
        miscalibrated: await identifyMiscalibratedOutputs(store, scored),
        segments: await findSegments(store, { by, ...period }),
        contradictions: {
          byRequest: await findContradictions(store, period),
          byPromptVersion: await findContradictions(store, { across: "promptVersion", ...period }),
        },
        rates: await computeFeedbackRateByCohort(store, period),
        satisfaction: await estimateSatisfaction(store, scored),
        drift: {
          score: await detectDrift(store, scored),
          humanScore: await detectDrift(store, { ...scored, metric: "humanScore" }),
          feedbackRate: await detectDrift(store, { ...scored, metric: "feedbackRate" }),
          gap: await detectDrift(store, { ...scored, metric: "gap" }),
        },
        changes: await listChanges(store, period),
      }),
    ),
  );
});

test("--score is the one that the whole picture is about", async () => {
  const { out } = await analyze("--store", simulated, "--score", "other", "--json");
  const { agreement, miscalibrated, satisfaction, drift } = JSON.parse(out);
  for (const { score } of [agreement, miscalibrated, satisfaction, drift.score, drift.gap])
    expect(score).toBe("other");
});

const asJson = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

test("every analysis says something, in lines no wider than a page, of every kind of store", async () => {
  for (const path of [simulated, empty])
    for (const args of [[], ...subcommands]) {
      const { exitCode, out, err } = await analyze(...args, "--store", path);
      expect({ args, exitCode }).toEqual({ args, exitCode: 0 });
      // How far it is, and nothing else.
      expect(err).toMatch(/^([\d,]+ of [\d,]+ [a-z ]+\n)*$/);
      expect(out).toMatch(/^\S.+\n/);
      expect(out).not.toMatch(/NaN|undefined|null|Infinity/);
      for (const line of out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
    }
});

test("a store with nothing in it is told of in words", async () => {
  for (const [name, ...args] of subcommands) {
    const { out } = await analyze(name!, ...args, "--store", empty);
    expect(out).toMatch(name === "changes" ? /No change is recorded/ : /Not enough data/);
  }
  const { out } = await analyze("--store", empty);
  expect(out).toContain("no voted request has any automatic score");
  expect(out.match(/Not enough data/g)!.length).toBeGreaterThan(5);
});

test("--help lists every analysis, and each has one with its own way of being called", async () => {
  const { exitCode, out } = await analyze("--help");
  expect(exitCode).toBe(0);
  for (const [name] of subcommands) {
    expect(out).toMatch(new RegExp(`^  ${name} +\\w`, "m"));
    const help = await analyze(name!, "--help");
    expect(help).toMatchObject({ exitCode: 0, err: "" });
    expect(help.out).toMatch(new RegExp(`^(Usage:|      ) heed analyze ${name} --store STORE `, "m"));
    for (const line of help.out.split("\n")) expect(line.length).toBeLessThanOrEqual(104);
  }
});

test.each([
  [["nothing"], "heed analyze has no nothing"],
  [["correlate", "nothing"], "more arguments"],
  [["correlate"], "--store STORE is missing"],
  [["correlate", "--scores", "all", "--score", "a"], "exclude each other"],
  [["correlate", "--scores", "a,,b"], "--scores takes names"],
  [["correlate", "--resamples", "many"], "--resamples takes a whole number"],
  [["agreement", "--evaluator-threshold", "high"], "--evaluator-threshold takes a number"],
  [["agreement", "--evaluator-neutral", "0.4"], "--evaluator-neutral takes two numbers"],
  [["agreement", "--neutral", "maybe"], "--neutral takes one of leave_out, category"],
  [["agreement", "--confidence", "2"], "INVALID_QUERY confidence"],
  [["segments", "--no-pairs=1"], "--no-pairs"],
  [["segments", "--examples", "-1"], "--examples"],
  [["weights", "--population", "{new"], "--population takes JSON"],
  [["weights", "--population", '{"userCohort":{"new":"many"}}'], "--population takes JSON"],
  [["weights", "--trim", "some"], "--trim takes a number"],
  [["audit-sample"], "--n N is missing"],
  [["audit-sample", "--n", "1.5"], "--n takes a whole number"],
  [["impact", ...change, "--segment", "refunds"], "--segment takes a label and its value"],
  [["drift", "--since", "yesterday"], "--since takes a date"],
  [["--level", "topic"], "--level"],
])("%j is wrong usage", async (args, message) => {
  const store = args.length === 1 && args[0] === "correlate" ? [] : ["--store", simulated];
  const { exitCode, out, err } = await analyze(...args, ...store);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
  expect(err).toContain(message);
  expect(err).toMatch(/^heed: .+\n$/);
});
