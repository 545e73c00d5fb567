import { describe, expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { judgedWorld, overpraising } from "./evaluator/fixtures/judged-world.ts";
import { identifyMiscalibratedOutputs } from "./identify-miscalibrated-outputs.ts";
import { loadEvaluator } from "./load-evaluator.ts";
import { type Retraining, type RetrainOptions, retrainEvaluator } from "./retrain-evaluator.ts";

type Report = Exclude<Retraining, { verdict: "not_enough_data" }>;

const retrained = async (...asked: Parameters<typeof retrainEvaluator>): Promise<Report> => {
  const answer = await retrainEvaluator(...asked);
  if (answer.verdict === "not_enough_data") throw new Error(`${answer.lacking}: ${answer.have}`);
  return answer;
};

const likedBy = (count: number, liked: number) =>
  Array.from({ length: count }, (_, at) => ({ requestId: `req-${at}`, up: at < liked }));

describe("with too little to learn from", () => {
  test.each([
    { labels: 49, good: 25, lacking: "labels", needed: 50, have: 49 },
    { labels: 60, good: 9, lacking: "good_labels", needed: 10, have: 9 },
    { labels: 60, good: 51, lacking: "bad_labels", needed: 10, have: 9 },
  ])("says what it has and needs: $lacking", async ({ labels, good, lacking, needed, have }) => {
    const store = memoryStore();
    const all = likedBy(labels, good);
    await recordEvaluation(
      store,
      all.map(({ requestId }) => ({ requestId, evalScores: { overall: 0.5 } })),
    );
    await recordFeedback(
      store,
      all.map(({ requestId, up }) => ({
        requestId,
        type: up ? ("explicit_thumbs_up" as const) : ("explicit_thumbs_down" as const),
        value: true as const,
      })),
    );
    const answer = await retrainEvaluator(store);
    expect(answer).toMatchObject({ verdict: "not_enough_data", lacking, needed, have });
  });
});

test("in a world where labels have nothing to do with anything, at most one training in twenty is promoted", async () => {
  let promoted = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const store = await judgedWorld({
      seed,
      requests: 80,
      likes: () => 0.7,
      score: (_quality, _topic, random) => random(),
    });
    const report = await retrained(store, { seed, resamples: 200 });
    if (report.verdict === "promote") promoted++;
  }
  expect(promoted).toBeLessThanOrEqual(10);
}, 180_000);

test("an evaluator that is the wrong way round is named, and turned round", async () => {
  for (const seed of [1, 2, 3]) {
    const store = await judgedWorld({
      seed,
      requests: 300,
      likes: (quality) => quality,
      score: (quality) => 1 - quality,
    });
    const report = await retrained(store, { seed, evaluatorThreshold: 0.5 });
    expect(report).toMatchObject({ verdict: "promote", present: { inverted: true } });
    expect(report.present.metrics.kappa.value).toBeLessThan(0);
    expect(report.chosen!.metrics.kappa.value).toBeGreaterThan(0.2);
  }
});

test("a score that is always 4 of 5 stands for nothing, and what goes by the topic takes over", async () => {
  const store = await judgedWorld({
    seed: 1,
    requests: 400,
    likes: (_quality, topic) => (topic === "refunds" || topic === "orders" ? 0.1 : 0.9),
    score: () => 4,
  });
  const report = await retrained(store, { features: ["topic"], resamples: 200 });
  expect(report).toMatchObject({ verdict: "promote", present: { scoreRange: [4, 4], inverted: false } });
  expect(report.present.metrics.brier.value).toBe(0.25);
  expect(report.candidates.map(({ kind }) => kind)).not.toContain("recalibrate");
});

test("where most is liked, one that finds the rest takes over from one that praises all, seeds 1 to 4", async () => {
  let lessOftenRight = 0;
  for (const seed of [1, 2, 3, 4]) {
    const store = await judgedWorld({
      seed,
      requests: 1_500,
      likes: (quality) => 1 / (1 + Math.exp(0.5 - 5 * quality)),
      score: (quality) => 0.9 + quality / 10,
    });
    const report = await retrained(store, { seed, resamples: 200 });
    expect(report).toMatchObject({ verdict: "promote", reasons: [] });
    for (const own of report.chosen!.segments) {
      if (own.candidateAccuracyPct < own.presentAccuracyPct - 5) lessOftenRight++;
      expect(own.candidateBalancedAccuracyPct).toBeGreaterThan(own.presentBalancedAccuracyPct! + 10);
    }
  }
  expect(lessOftenRight).toBeGreaterThan(0);
});

test("an evaluator that is right and calibrated stays", async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const store = await judgedWorld({
      seed,
      requests: 400,
      likes: (quality) => quality,
      score: (quality) => quality,
    });
    const report = await retrained(store, { seed, evaluatorThreshold: 0.5 });
    expect(report.verdict).toBe("keep_present");
    expect(report.reasons).not.toEqual([]);
    expect(report.present.inverted).toBe(false);
  }
});

describe("a weakness that was planted, praise for one topic", () => {
  const world = judgedWorld(overpraising(7, 1_600));

  test("is found by the list of miscalibrated outputs: a quarter of the requests, and most of the list", async () => {
    const answer = await identifyMiscalibratedOutputs(await world, { direction: "evaluator_too_kind" });
    const outputs = answer.verdict === "found" ? answer.outputs : [];
    expect(outputs.filter(({ prompt }) => prompt?.includes("refunds")).length).toBeGreaterThanOrEqual(12);
  });

  test.each<{ how: string; options: RetrainOptions }>([
    { how: "by its words", options: {} },
    { how: "by its label", options: { features: ["topic"] } },
  ])("is repaired $how, and the report says where the verdicts moved", async ({ options }) => {
    const guarded = { evaluatorThreshold: 0.5, guard: ["topic"], guardSmallest: 100 };
    const report = await retrained(await world, { ...options, ...guarded });
    expect(report).toMatchObject({ verdict: "promote", reasons: [] });
    const { moved, segments, evaluator } = report.chosen!;
    expect(moved.segments[0]).toMatchObject({ label: "topic", value: "refunds" });
    expect(moved.segments.filter(({ value }) => value === "refunds")).toHaveLength(1);
    expect(moved.towardsHumans).toBeGreaterThan(2 * moved.awayFromHumans);
    const refunds = segments.find(({ value }) => value === "refunds")!;
    expect(refunds.candidateAccuracyPct).toBeGreaterThan(refunds.presentAccuracyPct + 50);

    const evaluate = loadEvaluator(JSON.stringify(evaluator));
    const about = (topic: string) => ({
      prompt: `question about ${topic}`,
      output: "thanks",
      evalScores: { overall: 0.9 },
      metadata: { topic },
    });
    expect(evaluate(about("refunds"))).toMatchObject({ verdict: "bad" });
    expect(evaluate(about("orders"))).toMatchObject({ verdict: "good" });
  });

  test("trains the same evaluator again, byte by byte, and another from another seed", async () => {
    const [first, second, other] = [
      await retrained(await world, { seed: 4 }),
      await retrained(await world, { seed: 4 }),
      await retrained(await world, { seed: 5 }),
    ];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(other.chosen!.evaluator.version).not.toBe(first.chosen!.evaluator.version);
  });

  test("is repaired by a host's embeddings, too, whose evaluator asks for them anew", async () => {
    let most = 0;
    const embed = async (texts: readonly string[]) => {
      most = Math.max(most, texts.length);
      return texts.map((text) => [text.includes("refunds") ? 1 : 0, text.length / 100, 1]);
    };
    const report = await retrained(await world, { embed });
    expect(report).toMatchObject({ verdict: "promote", chosen: { kind: "learn" } });
    expect(most).toBeLessThanOrEqual(64);
    const { evaluator } = report.chosen!;
    expect(() => loadEvaluator(evaluator)).toThrow("this evaluator needs embed");
    const output = { prompt: "refunds?", output: "thanks", evalScores: { overall: 0.9 } };
    expect(await loadEvaluator(evaluator, { embed })([output])).toMatchObject([{ verdict: "bad" }]);
    await expect(retrainEvaluator(await world, { embed: async () => [[1]] })).rejects.toThrow(
      "embed does not give a vector",
    );
  });
});

describe("labels", () => {
  const several = async () => {
    const store = memoryStore();
    const all = likedBy(120, 60);
    await recordEvaluation(
      store,
      all.map(({ requestId }, at) => ({
        requestId,
        evalScores: { overall: at / 120 },
        timestamp: new Date(Date.UTC(2026, 2, 1) + at * 1000),
        metadata: { userCohort: at % 2 === 0 ? "new" : "old" },
      })),
    );
    const votes = all.map(({ requestId, up }) => ({
      requestId,
      type: up ? ("explicit_thumbs_up" as const) : ("explicit_thumbs_down" as const),
      value: true as const,
      userId: "first",
    }));
    await recordFeedback(store, votes);
    return store;
  };

  test("are of standing votes: a vote taken back, and a flagged one, are none", async () => {
    const store = await several();
    await recordFeedback(store, {
      requestId: "req-0",
      type: "explicit_retraction",
      value: "thumb",
      userId: "first",
      timestamp: new Date("2030-01-01"),
    });
    const { items } = await store.readFeedback({ requestId: "req-1" }, { limit: 9 });
    const report = await retrained(store, { flagged: items });
    expect(report.n).toBe(118);
    expect(report.dropped.flagged).toBe(1);
    const lighter = await retrained(store, { flagged: items.map((item) => ({ ...item, weight: 0.5 })) });
    expect(lighter.n).toBe(119);
    expect(lighter.dropped.flagged).toBe(0);
  });

  test("are counted where they are left out, and are the newest where there are too many", async () => {
    const store = await several();
    await recordFeedback(store, { requestId: "unlogged", type: "explicit_thumbs_up", value: true });
    await recordEvaluation(store, { requestId: "unscored", timestamp: new Date("2026-03-05") });
    await recordFeedback(store, { requestId: "unscored", type: "explicit_thumbs_up", value: true });
    await recordFeedback(store, { requestId: "req-3", type: "explicit_rating", value: 1, userId: "second" });
    const report = await retrained(store, {
      mostLabels: 100,
      weights: { by: ["userCohort"], cells: [{ labels: ["old"], weight: 2 }] },
    });
    expect(report.dropped).toEqual({
      notLogged: 1,
      noScore: 1,
      neutral: 0,
      flagged: 0,
      noWeight: 50,
      older: 20,
    });
    expect(report.n).toBe(50);
    expect(report.trainedOn.n + report.heldOut.n).toBe(50);
  });
});

test("stops when it is told to, and tells what it does until then", async () => {
  const store = await judgedWorld(overpraising(1, 100));
  const stop = new AbortController();
  const stages: string[] = [];
  const training = retrainEvaluator(store, {
    signal: stop.signal,
    onProgress: ({ stage }) => {
      stages.push(stage);
      if (stage === "combine") stop.abort(new Error("enough"));
    },
  });
  await expect(training).rejects.toThrow("enough");
  expect([...new Set(stages)]).toEqual(["read", "recalibrate", "combine"]);
});

test.each<[string, RetrainOptions]>([
  ["humanThreshold", { humanThreshold: 6 }],
  ["holdout", { holdout: 0.9 }],
  ["mostLabels", { mostLabels: 10 }],
  ["guardSmallest", { guardSmallest: 0 }],
  ["scoreRange", { scoreRange: [1, 0] }],
  ["seed", { seed: 0.5 }],
  ["confidence", { confidence: 1 }],
  ["resamples", { resamples: 1 }],
  ["name", { name: "two\nlines" }],
  ["name", { name: "" }],
])("refuses a %s that means nothing", async (name, options) => {
  await expect(retrainEvaluator(await judgedWorld(overpraising(1, 100)), options)).rejects.toMatchObject({
    code: "INVALID_QUERY",
    message: expect.stringContaining(name),
  });
});
