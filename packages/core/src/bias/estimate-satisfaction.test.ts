import { describe, expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { calibratedMean } from "../stats/calibrated-mean.ts";
import { postStratify } from "../stats/post-stratify.ts";
import { ppiMean } from "../stats/ppi-mean.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import { drawAuditSample } from "./draw-audit-sample.ts";
import { estimateSatisfaction, type SatisfactionOptions } from "./estimate-satisfaction.ts";
import { type Cohort, simulatedWorld } from "./fixtures/simulated-world.ts";

const day = (date: number): Date => new Date(Date.UTC(2026, 2, date));

/** One request: what is not given was not recorded. */
interface Request {
  readonly cohort?: string;
  readonly rating?: number;
  readonly score?: number;
  readonly audit?: number;
  readonly exposed?: boolean;
}

const storeOf = async (requests: readonly Request[]) => {
  const store = memoryStore();
  await recordEvaluation(
    store,
    requests.map(({ cohort, score, audit }, at) => ({
      requestId: `req-${at}`,
      timestamp: day(1),
      ...(cohort !== undefined && { metadata: { userCohort: cohort } }),
      evalScores: { ...(score !== undefined && { overall: score }), ...(audit !== undefined && { audit }) },
    })),
  );
  await recordFeedback(
    store,
    requests.flatMap(({ rating, exposed }, at) => [
      ...(rating === undefined
        ? []
        : [{ type: "explicit_rating" as const, value: rating, requestId: `req-${at}` }]),
      ...(exposed
        ? [
            {
              type: "implicit_exposure" as const,
              value: { visibleMs: 900, activeMs: 900 },
              requestId: `req-${at}`,
            },
          ]
        : []),
    ]),
  );
  return store;
};

const times = (count: number, request: Request): Request[] => new Array<Request>(count).fill(request);

const estimated = async (requests: readonly Request[], options?: SatisfactionOptions) => {
  const answer = await estimateSatisfaction(await storeOf(requests), options);
  if (answer.verdict !== "estimated") throw new Error(answer.verdict);
  return answer;
};

/** 300 free requests, of which few answer and half of these are content; 100 pro ones, which answer and are. */
const votes: readonly Request[] = [
  ...times(10, { cohort: "free", rating: 5 }),
  ...times(10, { cohort: "free", rating: 1 }),
  ...times(280, { cohort: "free" }),
  ...times(36, { cohort: "pro", rating: 4 }),
  ...times(4, { cohort: "pro", rating: 2 }),
  ...times(60, { cohort: "pro" }),
];

test("from votes alone: a plain share, and one in which each cohort counts for what it has of all requests", async () => {
  const answer = await estimated(votes);
  expect(answer).toMatchObject({
    level: "request",
    denominator: { used: "logged" },
    requests: 400,
    verdicts: 60,
    neutral: 0,
    audits: 0,
    naive: { share: 46 / 60, ci: wilsonInterval(46, 60), n: 60 },
    weighted: { share: 0.75 * 0.5 + 0.25 * 0.9, n: 60, pooled: [] },
    audited: null,
    ppi: null,
    unavailable: { audited: "too_few_audits", ppi: "too_few_audits" },
    estimate: { method: "weighted", share: 0.6, assumes: "missing_at_random_within_cells" },
    againstTarget: "unclear",
  });
  // As R's survey has it, which `calibratedMean` is tested against.
  const calibration = postStratify({
    stratum: [...new Array<number>(20).fill(0), ...new Array<number>(40).fill(1)],
    population: [300, 100],
  });
  if (!calibration.weights) throw new Error("unreachable");
  const values = [10, 10, 36, 4].flatMap((count, at) => new Array<number>(count).fill(1 - (at % 2)));
  const expected = calibratedMean(values, calibration);
  expect(answer.weighted!.standardError).toBeCloseTo(expected.standardError!, 12);
  expect(answer.weighted!.effectiveSize).toBeCloseTo(expected.effectiveSize!, 9);
});

test("human scores on the threshold are no verdict, and the threshold may be moved", async () => {
  const requests = [...times(6, { rating: 3 }), ...times(6, { rating: 4 }), ...times(6, { rating: 2 })];
  expect(await estimated(requests)).toMatchObject({ verdicts: 12, neutral: 6, naive: { share: 0.5 } });
  expect(await estimated(requests, { humanThreshold: 3.5 })).toMatchObject({
    verdicts: 18,
    neutral: 0,
    naive: { share: 1 / 3 },
  });
});

test("the tipping point is the share among the silent with which the share over all is the target", async () => {
  const { tippingPoint, estimate } = await estimated(votes);
  expect(tippingPoint).toMatchObject({
    target: 0.5,
    responseRate: 0.15,
    silent: 340,
    bounds: [46 / 400, 386 / 400],
    silentShare: (200 - 46) / 340,
  });
  expect((46 + 340 * tippingPoint.silentShareByEstimate!) / 400).toBeCloseTo(estimate.share, 12);

  const nearlyAll = [...times(90, { rating: 5 }), ...times(10, {})];
  expect((await estimated(nearlyAll)).tippingPoint).toMatchObject({ bounds: [0.9, 1], silentShare: null });
  expect((await estimated(times(9, { rating: 5 }))).tippingPoint).toMatchObject({
    silent: 0,
    bounds: [1, 1],
    silentShare: null,
    silentShareByEstimate: null,
  });
});

/** Audits of every fourth request, with an evaluator's score that goes with them. */
const audited: readonly Request[] = Array.from({ length: 400 }, (_, at) => {
  const isGood = at % 5 < 3;
  return {
    cohort: "all",
    score: (isGood ? 0.5 : 0.3) + (at % 7) / 20,
    ...(at % 4 === 0 && { audit: isGood ? 1 : 0 }),
    ...(at % 11 === 0 && { rating: isGood ? 5 : 1 }),
  };
});

test("with audits, PPI++ corrects them by the scores of all other requests", async () => {
  const answer = await estimated(audited);
  const labelled = audited.filter(({ audit }) => audit !== undefined);
  const expected = ppiMean(
    { y: labelled.map(({ audit }) => audit!), f: labelled.map(({ score }) => score!) },
    { f: audited.filter(({ audit }) => audit === undefined).map(({ score }) => score!) },
  );
  expect(answer).toMatchObject({
    audits: 100,
    audited: { share: 0.6, ci: wilsonInterval(60, 100), n: 100 },
    estimate: { method: "ppi", assumes: "audits_are_a_random_sample", n: 100 },
    unavailable: { weighted: "one_cell" },
  });
  expect(answer.ppi!.share).toBeCloseTo(expected.estimate!, 12);
  expect(answer.ppi!.ci[0]).toBeCloseTo(expected.ci![0], 12);
  expect(answer.ppi!.lambda).toBeCloseTo(expected.lambda!, 12);
  expect(answer.ppi!.effectiveLabelMultiplier).toBeCloseTo(expected.effectiveLabelMultiplier!, 12);
  expect(answer.ppi!.effectiveLabelMultiplier).toBeGreaterThan(1);
});

test("requests without the score stay in the population: PPI++ takes them to have the mean one", async () => {
  const answer = await estimated([...audited, ...times(300, { cohort: "all" })]);
  expect(answer.requests).toBe(700);
  const scores = audited.filter(({ audit }) => audit === undefined).map(({ score }) => score!);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const labelled = audited.filter(({ audit }) => audit !== undefined);
  const expected = ppiMean(
    { y: labelled.map(({ audit }) => audit!), f: labelled.map(({ score }) => score!) },
    { f: [...scores, ...new Array<number>(300).fill(mean)] },
  );
  expect(answer.ppi!.share).toBeCloseTo(expected.estimate!, 10);
  expect(answer.ppi!.standardError).toBeCloseTo(expected.standardError!, 10);
});

test("an audit of 0.5 and above is good, and one below is bad", async () => {
  const requests = [0.5, 0.7, 1, 0.49, 0].map((audit) => ({ audit }));
  expect(await estimated(requests)).toMatchObject({ audited: { share: 0.6, n: 5 } });
});

test("few audits, or scores that do not go with them, leave the audits alone", async () => {
  const few = audited.map(({ audit, ...request }, at) => ({
    ...request,
    ...(at % 20 === 0 && { audit: 1 }),
  }));
  expect(await estimated(few)).toMatchObject({
    audited: { n: 20 },
    ppi: null,
    unavailable: { ppi: "too_few_audits" },
    estimate: { method: "audited" },
  });
  const unscored = audited.map(({ score: _, ...request }) => request);
  expect(await estimated(unscored)).toMatchObject({
    audited: { n: 100 },
    ppi: null,
    unavailable: { ppi: "scores_do_not_help" },
    estimate: { method: "audited", share: 0.6 },
  });
});

test("audits of what users voted on are no random sample, and are not used", async () => {
  const chosen = [
    ...times(30, { cohort: "a", rating: 1, audit: 0, score: 0.5 }),
    ...times(30, { cohort: "a", rating: 5, score: 0.5 }),
    ...times(340, { cohort: "a", score: 0.5 }),
  ];
  expect(await estimated(chosen)).toMatchObject({
    audits: 30,
    audited: null,
    ppi: null,
    unavailable: { audited: "audits_not_random", ppi: "audits_not_random" },
    estimate: { method: "naive", assumes: "missing_completely_at_random" },
    outcomeDependence: { verdict: "unknown", correctableByWeighting: false },
  });
  // So are audits of the outputs with the lowest scores.
  const lowest = audited.map(({ audit: _, ...request }) => ({
    ...request,
    ...(request.score! < 0.45 && { audit: 0 }),
  }));
  expect(await estimated(lowest)).toMatchObject({ unavailable: { audited: "audits_not_random" } });
});

test("voters and auditors who judged the same requests are counted, with how often they agreed", async () => {
  const { outcomeDependence } = await estimated(audited);
  const both = audited.filter(({ audit, rating }) => audit !== undefined && rating !== undefined);
  expect(outcomeDependence).toMatchObject({
    verdict: "not_detected",
    bothJudged: { n: both.length, agreed: both.length },
  });
});

test("where exposures are the denominator, requests that nobody saw count for nothing", async () => {
  const seen = votes.map((request) => ({ ...request, exposed: true }));
  const unseen = times(500, { cohort: "free", audit: 1, score: 0.9 });
  const answer = await estimated([...seen, ...unseen]);
  expect(answer).toMatchObject({
    denominator: { used: "exposed", why: "exposures_cover_votes", coverage: 1 },
    requests: 400,
    audits: 0,
    weighted: { share: 0.6 },
  });
});

test("too few verdicts and audits are an answer, and fewer of one leave the other", async () => {
  const thin = [...times(4, { rating: 5 }), ...times(4, { audit: 1 }), ...times(2, { rating: 3 })];
  expect(await estimateSatisfaction(await storeOf(thin))).toMatchObject({
    verdict: "not_enough_data",
    requests: 10,
    neutral: 2,
    needed: 5,
    have: { verdicts: 4, audits: 4 },
  });
  expect(await estimateSatisfaction(memoryStore())).toMatchObject({
    verdict: "not_enough_data",
    requests: 0,
  });
  expect(await estimated(times(40, { audit: 1, score: 0.5 }))).toMatchObject({
    naive: null,
    weighted: null,
    unavailable: { naive: "too_few_verdicts", weighted: "too_few_verdicts", ppi: "scores_do_not_help" },
    estimate: { method: "audited", share: 1 },
    outcomeDependence: { verdict: "unknown" },
  });
});

test("the whole interval decides which side of the target it is", async () => {
  const side = async (target: number) =>
    (await estimated(times(50, { rating: 5 }), { target })).againstTarget;
  expect(await side(0.9)).toBe("above");
  expect(await side(0.99)).toBe("unclear");
  expect((await estimated(times(50, { rating: 1 }))).againstTarget).toBe("below");
});

test("options that are none are refused", async () => {
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  for (const options of [
    { humanThreshold: 0 },
    { target: 1.1 },
    { confidence: 1 },
    { denominator: "seen" as "exposed" },
    { since: day(2), until: day(1) },
  ])
    await expect(estimateSatisfaction(memoryStore(), options)).rejects.toThrow(refused);
});

describe("in worlds of which the truth is known", () => {
  const runs = 400;

  /** Over the worlds: how far each estimate is off on average, how often its interval covers, and what was said. */
  const estimateWorlds = async (cohorts: readonly Cohort[], audits: number) => {
    const methods = ["naive", "weighted", "ppi"] as const;
    const off = { naive: 0, weighted: 0, ppi: 0 };
    const covered = { naive: 0, weighted: 0, ppi: 0 };
    const dependence: Record<string, number> = {};
    for (let run = 0; run < runs; run++) {
      const { truth, storeWith } = simulatedWorld(cohorts, run);
      const sample = audits === 0 ? null : await drawAuditSample(storeWith(), { n: audits, seed: run });
      const answer = await estimateSatisfaction(
        storeWith(sample?.verdict === "drawn" ? sample.requestIds : []),
      );
      if (answer.verdict !== "estimated") throw new Error(answer.verdict);
      expect(answer.outcomeDependence.correctableByWeighting).toBe(false);
      const { verdict } = answer.outcomeDependence;
      dependence[verdict] = (dependence[verdict] ?? 0) + 1 / runs;
      for (const method of methods) {
        const { share, ci } = answer[method] ?? answer.estimate;
        off[method] += (share - truth) / runs;
        if (ci[0] <= truth && truth <= ci[1]) covered[method] += 1 / runs;
      }
    }
    return { off, covered, dependence };
  };

  const byCohort = [
    { name: "free", requests: 2_500, good: 0.5, votesOnGood: 0.03, votesOnBad: 0.03 },
    { name: "pro", requests: 1_100, good: 0.9, votesOnGood: 0.2, votesOnBad: 0.2 },
  ];
  const byOutcome = [
    { name: "free", requests: 2_500, good: 0.6, votesOnGood: 0.03, votesOnBad: 0.12 },
    { name: "pro", requests: 1_100, good: 0.8, votesOnGood: 0.06, votesOnBad: 0.2 },
  ];

  test("feedback that depends on the cohort is corrected to within a point, and its interval covers", async () => {
    const { off, covered, dependence } = await estimateWorlds(byCohort, 0);
    expect(off.naive).toBeGreaterThan(0.05);
    expect(Math.abs(off.weighted)).toBeLessThan(0.01);
    expect(covered.weighted).toBeGreaterThan(0.93);
    expect(covered.weighted).toBeLessThan(0.975);
    expect(dependence.no_sign).toBeGreaterThan(0.9);
  });

  test("feedback that depends on the outcome stays wrong when weighted; random audits tell, and PPI++ is right", async () => {
    const { off, covered, dependence } = await estimateWorlds(byOutcome, 150);
    expect(off.naive).toBeLessThan(-0.05);
    expect(off.weighted).toBeLessThan(-0.05);
    expect(covered.weighted).toBe(0);
    expect(dependence.detected).toBeGreaterThan(0.98);
    expect(Math.abs(off.ppi)).toBeLessThan(0.01);
    expect(covered.ppi).toBeGreaterThan(0.93);
    expect(covered.ppi).toBeLessThan(0.975);
  });

  test("without audits, feedback that depends on the outcome is suspected, and told to be beyond weighting", async () => {
    const { dependence } = await estimateWorlds(byOutcome, 0);
    expect(dependence.suspected).toBeGreaterThan(0.98);
  });

  test("where feedback depends on the cohort alone, audits find no more than chance does", async () => {
    const { dependence } = await estimateWorlds(byCohort, 150);
    expect(dependence.detected).toBeLessThan(0.08);
  });
});
