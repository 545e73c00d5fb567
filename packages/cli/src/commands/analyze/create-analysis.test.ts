import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  detectDrift,
  drawAuditSample,
  estimateSatisfaction,
  findContradictions,
  findSegments,
  flagAnomalousRequests,
  flagSuspiciousFeedback,
  identifyMiscalibratedOutputs,
  listChanges,
  measureAgreement,
  measureImprovementFromChange,
  reportServiceLevels,
  type Store,
  weightFeedbackForBalance,
} from "@heed/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageWidth } from "../../output/wrap.ts";
import { recordingIo } from "../../recording-io.ts";
import { run } from "../../run.ts";
import { withSqlite, writeSimulatedStore } from "../../simulated-store.ts";
import { analyzeCommand } from "../analyze.ts";

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-analyze-"));
  path = join(folder, "heed.db");
  await writeSimulatedStore(path);
});
afterAll(() => rm(folder, { recursive: true }));

const analyze = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["analyze", ...args, "--store", path], io);
  return { exitCode, out: io.out(), err: io.err() };
};

const topics = { since: new Date("2026-03-02"), until: new Date("2026-03-28") };
const topicArgs = ["--since", "2026-03-02", "--until", "2026-03-28"];
const refunds = { label: "topic", value: "refunds" };

/** Every option of every analysis, and what core is asked with them. */
const asked: readonly (readonly [string, readonly string[], (store: Store) => Promise<unknown>])[] = [
  [
    "correlate",
    ["--score", "overall", "--level", "topic", "--resamples", "200", "--seed", "7", "--confidence", "0.9"],
    (store) =>
      correlateFeedbackWithMetrics(store, {
        ...{ score: "overall", level: "topic", resamples: 200, seed: 7, confidence: 0.9, ...topics },
      }),
  ],
  [
    "correlate",
    ["--scores", "overall,other"],
    (store) => correlateFeedbackWithMetrics(store, { scores: ["overall", "other"], ...topics }),
  ],
  [
    "correlate",
    ["--scores", "all"],
    (store) => correlateFeedbackWithMetrics(store, { scores: "all", ...topics }),
  ],
  [
    "correlate",
    ["--weight-by", "userCohort"],
    async (store) => {
      const weights = await weightFeedbackForBalance(store, { by: "userCohort", ...topics });
      if (!("cells" in weights)) throw new Error(weights.verdict);
      return correlateFeedbackWithMetrics(store, { weights, ...topics });
    },
  ],
  [
    "agreement",
    [
      ...["--score", "overall", "--evaluator-threshold", "0.6", "--human-threshold", "3.5"],
      ...["--neutral", "category", "--alpha-level", "interval"],
      ...["--resamples", "200", "--seed", "7", "--confidence", "0.9"],
    ],
    (store) =>
      measureAgreement(store, {
        score: "overall",
        evaluatorThreshold: 0.6,
        humanThreshold: 3.5,
        neutral: "category",
        alphaLevel: "interval",
        resamples: 200,
        seed: 7,
        confidence: 0.9,
        ...topics,
      }),
  ],
  [
    "agreement",
    ["--evaluator-neutral", "0.4, 0.6"],
    (store) => measureAgreement(store, { evaluatorNeutral: [0.4, 0.6], ...topics }),
  ],
  [
    "miscalibrated",
    [
      ...["--score", "overall", "--evaluator-threshold", "0.6", "--score-range=-1,1"],
      ...["--human-threshold", "2.5", "--limit", "2", "--direction", "evaluator_too_kind"],
      ...["--confidence", "0.9"],
    ],
    (store) =>
      identifyMiscalibratedOutputs(store, {
        score: "overall",
        evaluatorThreshold: 0.6,
        scoreRange: [-1, 1],
        humanThreshold: 2.5,
        limit: 2,
        direction: "evaluator_too_kind",
        confidence: 0.9,
        ...topics,
      }),
  ],
  [
    "segments",
    [],
    (store) => findSegments(store, { by: ["userCohort", "model", "promptVersion"], ...topics }),
  ],
  [
    "segments",
    [
      ...["--by", "topic,userCohort", "--no-pairs", "--metric", "gap", "--score", "overall"],
      ...["--score-range", "0,2", "--smallest", "5", "--q", "0.2", "--examples", "1", "--confidence", "0.9"],
    ],
    (store) =>
      findSegments(store, {
        by: ["topic", "userCohort"],
        pairs: false,
        metric: "gap",
        score: "overall",
        scoreRange: [0, 2],
        smallest: 5,
        q: 0.2,
        examples: 1,
        confidence: 0.9,
        ...topics,
      }),
  ],
  [
    "contradictions",
    ["--by", "topic", "--across", "userCohort", "--smallest", "2", "--q", "0.5", "--confidence", "0.9"],
    (store) =>
      findContradictions(store, {
        ...{ by: "topic", across: "userCohort", smallest: 2, q: 0.5, confidence: 0.9, ...topics },
      }),
  ],
  [
    "rates",
    ["--by", "topic", "--denominator", "logged", "--target", "0.01,0.2", "--confidence", "0.9"],
    (store) =>
      computeFeedbackRateByCohort(store, {
        ...{ by: "topic", denominator: "logged", target: [0.01, 0.2], confidence: 0.9, ...topics },
      }),
  ],
  [
    "weights",
    [
      ...["--by", "userCohort,promptVersion", "--method", "raking", "--trim", "1.5", "--smallest-cell", "3"],
      ...["--population", '{"userCohort":{"new":800,"power":200}}'],
      ...["--denominator", "logged", "--confidence", "0.9"],
    ],
    (store) =>
      weightFeedbackForBalance(store, {
        by: ["userCohort", "promptVersion"],
        method: "raking",
        trim: 1.5,
        smallestCell: 3,
        population: { userCohort: { new: 800, power: 200 } },
        denominator: "logged",
        confidence: 0.9,
        ...topics,
      }),
  ],
  ["weights", ["--trim", "none"], (store) => weightFeedbackForBalance(store, { trim: false, ...topics })],
  [
    "satisfaction",
    [
      ...["--score", "overall", "--audit-score", "overall", "--by", "topic", "--human-threshold", "2.5"],
      ...["--target", "0.8", "--denominator", "logged", "--confidence", "0.9"],
    ],
    (store) =>
      estimateSatisfaction(store, {
        score: "overall",
        auditScore: "overall",
        by: "topic",
        humanThreshold: 2.5,
        target: 0.8,
        denominator: "logged",
        confidence: 0.9,
        ...topics,
      }),
  ],
  [
    "audit-sample",
    ["--n", "7", "--seed", "3"],
    (store) => drawAuditSample(store, { n: 7, seed: 3, ...topics }),
  ],
  [
    "suspicious",
    [
      ...["--similarity", "0.5", "--smallest-cluster", "3", "--burst-ms", "60000", "--few-users", "2"],
      ...["--fastest-ms", "500", "--smallest-run", "2", "--min-votes", "2", "--q", "0.5"],
    ],
    (store) =>
      flagSuspiciousFeedback(store, {
        similarity: 0.5,
        smallestCluster: 3,
        burstMs: 60_000,
        fewUsers: 2,
        fastestMs: 500,
        smallestRun: 2,
        minVotes: 2,
        q: 0.5,
        ...topics,
      }),
  ],
  [
    "anomalies",
    [
      ...["--limit", "3", "--neighbours", "2", "--human-threshold", "4", "--reference", "150"],
      ...["--most-requests", "30", "--seed", "2"],
    ],
    (store) =>
      flagAnomalousRequests(store, {
        limit: 3,
        neighbours: 2,
        humanThreshold: 4,
        reference: 150,
        mostRequests: 30,
        seed: 2,
        ...topics,
      }),
  ],
  [
    "drift",
    [
      ...["--metric", "gap", "--score", "overall", "--score-range", "0,2", "--window", "7"],
      ...["--method", "page_hinkley", "--confidence", "0.9"],
    ],
    (store) =>
      detectDrift(store, {
        metric: "gap",
        score: "overall",
        scoreRange: [0, 2],
        window: 7,
        method: "page_hinkley",
        confidence: 0.9,
        ...topics,
      }),
  ],
  ["changes", [], (store) => listChanges(store, topics)],
  [
    "service-levels",
    [
      ...["--by", "topic", "--human-threshold", "2.5", "--denominator", "logged"],
      ...["--as-of", "2026-03-27", "--confidence", "0.9"],
    ],
    (store) =>
      reportServiceLevels(store, {
        by: "topic",
        humanThreshold: 2.5,
        denominator: "logged",
        now: () => new Date("2026-03-27"),
        confidence: 0.9,
        ...topics,
      }),
  ],
  [
    "impact",
    [
      ...["--change", "prompt v2", "--before", "2026-03-15", "--after", "2026-03-15"],
      ...["--metric", "humanScore", "--score", "overall", "--adjust-for", "userCohort,topic"],
      ...["--control", "userCohort=power", "--segment", "topic=refunds", "--chosen-for", "topic=refunds"],
      ...["--looks", "3", "--power", "0.9", "--confidence", "0.9"],
    ],
    (store) =>
      measureImprovementFromChange(store, {
        change: "prompt v2",
        beforeDate: new Date("2026-03-15"),
        afterDate: new Date("2026-03-15"),
        metric: "humanScore",
        score: "overall",
        adjustFor: ["userCohort", "topic"],
        control: { label: "userCohort", value: "power" },
        segment: refunds,
        chosenFor: refunds,
        looks: 3,
        power: 0.9,
        confidence: 0.9,
        ...topics,
      }),
  ],
];

test.each(asked)("%s %j --json is the answer of core to these options", async (name, args, ask) => {
  const { exitCode, out, err } = await analyze(name, ...args, ...topicArgs, "--json");
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(await withSqlite(path, ask))));
});

test("no line of a help is wider than a page", () => {
  for (const [name, { help }] of analyzeCommand.subcommands!)
    expect(Math.max(...help.split("\n").map(({ length }) => length)), name).toBeLessThanOrEqual(pageWidth);
});

test("every option of every analysis is among those", () => {
  for (const [name, { help }] of analyzeCommand.subcommands!) {
    const options = [...help.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, option]) => `--${option}`);
    const given = asked.flatMap(([of, args]) => (of === name ? args.map((arg) => arg.split("=")[0]) : []));
    const common = ["--store", "--since", "--until", "--json"];
    expect(options.filter((option) => !common.includes(option) && !given.includes(option))).toEqual([]);
  }
});
