import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { asking, each, inTurns, type Told, times } from "../fixtures/scenarios.ts";
import { memoryStore } from "../memory-store.ts";
import { randomSource } from "../stats/random-source.ts";
import type { Store } from "../store.ts";
import { findSegments } from "./find-segments.ts";

interface World {
  readonly seed: number;
  readonly n: number;
  /** What a request's labels take off its rating. */
  readonly penalty: (topic: number, cohort: number) => number;
}

/** Requests of eight topics and three cohorts, all drawn alike but for the penalty. */
const storeOf = async ({ seed, n, penalty }: World): Promise<Store> => {
  const random = randomSource(seed);
  const store = memoryStore();
  const requests = Array.from({ length: n }, (_, at) => {
    const [topic, cohort] = [Math.floor(random() * 8), Math.floor(random() * 3)];
    const rating = Math.min(5, Math.max(1, 2 + 3 * random() - penalty(topic, cohort)));
    return {
      requestId: `req-${at}`,
      rating,
      metadata: { topic: `t${topic}`, cohort: `c${cohort}`, serial: at },
    };
  });
  await recordEvaluation(
    store,
    requests.map(({ requestId, metadata }) => ({ requestId, metadata, evalScores: { overall: 0.6 } })),
  );
  await recordFeedback(
    store,
    requests.map(({ requestId, rating }) => ({ type: "explicit_rating" as const, value: rating, requestId })),
  );
  return store;
};

test("finds the one segment that is worse, with how many low scores it accounts for and its worst requests", async () => {
  const store = await storeOf({ seed: 1, n: 1_200, penalty: (topic) => (topic === 3 ? 1 : 0) });
  const answer = await findSegments(store, { by: ["topic", "cohort"] });
  if (answer.verdict !== "segments_found") throw new Error(answer.verdict);
  const [first] = answer.segments;
  expect(first!.labels).toEqual([{ label: "topic", value: "t3" }]);
  expect(first!.effect).toBeLessThan(-0.6);
  expect(first!.ci![1]).toBeLessThan(0);
  expect(first!.n + first!.restN).toBe(answer.n);
  expect(first!.lowScores.beyondRest).toBeGreaterThan(20);
  expect(first!.requestIds).toHaveLength(3);
  // 8 topics, 3 cohorts, 24 pairs.
  expect(answer.tests).toBe(35);
  // Its pairs with the cohorts are explained by the topic itself.
  expect(answer.segments.every(({ labels }) => labels.length === 1 || labels[0]!.value !== "t3")).toBe(true);
});

test("tells of a pair that neither of its labels explains", async () => {
  const penalty = (topic: number, cohort: number) => (topic === 3 && cohort === 1 ? 2 : 0);
  const answer = await findSegments(await storeOf({ seed: 2, n: 1_500, penalty }), {
    by: ["topic", "cohort"],
  });
  if (answer.verdict !== "segments_found") throw new Error(answer.verdict);
  expect(answer.segments.map(({ labels }) => labels.map(({ value }) => value).join(" "))).toContain("t3 c1");
});

test("the gap is the evaluator's score on the human scale less the human score", async () => {
  const store = await storeOf({ seed: 3, n: 600, penalty: (topic) => (topic === 3 ? 1 : 0) });
  const answer = await findSegments(store, { by: ["topic"], metric: "gap" });
  if (answer.verdict !== "segments_found") throw new Error(answer.verdict);
  expect(answer.segments[0]!.effect).toBeGreaterThan(0.6);
  expect(answer.segments[0]!.mean + answer.segments[0]!.restMean).toBeGreaterThan(-1);
});

test("says that there is not enough, that nothing differs, and which labels are ids", async () => {
  const none = await storeOf({ seed: 4, n: 40, penalty: () => 0 });
  expect(await findSegments(none, { by: ["topic"] })).toMatchObject({
    verdict: "not_enough_data",
    needed: 30,
  });
  expect(await findSegments(memoryStore(), { by: ["topic"] })).toMatchObject({ have: 0, n: 0 });
  const even = await storeOf({ seed: 5, n: 1_100, penalty: () => 0 });
  expect(await findSegments(even, { by: ["cohort", "serial"], pairs: false })).toMatchObject({
    verdict: "no_segment_differs",
    segments: [],
    skipped: [["serial"]],
  });
  expect(await findSegments(even, { by: ["topic"], metric: "gap", score: "style" })).toMatchObject({
    verdict: "not_enough_data",
    dropped: { noScore: 1_100 },
  });
});

const rated = (rating: number, labels: Readonly<Record<string, string>>): Told => ({ rating, labels });
const byTopic = asking(findSegments, { by: ["topic"] });

test("a segment that does not vary is found beside others that do not, if they say something else", async () => {
  const constant = byTopic(times(40, rated(5, { topic: "a" })), times(40, rated(1, { topic: "b" })));
  const answer = await constant();
  expect(answer).toMatchObject({
    verdict: "segments_found",
    tests: 2,
    segments: [
      { labels: [{ value: "a" }], n: 40, restN: 40, mean: 5, restMean: 1, effect: 4, ci: null },
      { labels: [{ value: "b" }], effect: -4, ci: null, lowScores: { n: 40, rate: 1, beyondRest: 40 } },
    ],
  });
  if (answer.verdict !== "segments_found") return;
  // scipy.stats.fisher_exact([[40, 0], [0, 40]]).pvalue
  for (const { p, q } of answer.segments) {
    expect(p / 1.8603403656036264e-23).toBeCloseTo(1, 8);
    expect(q).toBe(p);
  }
});

test("two requests of each that do not vary are too few to tell", async () => {
  const few = asking(findSegments, { by: ["topic"], smallest: 2 });
  const answer = few(times(2, rated(5, { topic: "a" })), times(2, rated(1, { topic: "b" })));
  expect(await answer()).toMatchObject({ verdict: "no_segment_differs", tests: 2 });
});

test("where all say the same there is no variation, if there are enough to say it", async () => {
  const same = (count: number) =>
    byTopic(times(count, rated(4, { topic: "a" })), times(count, rated(4, { topic: "b" })))();
  expect(await same(30)).toMatchObject({ verdict: "no_variation", n: 60 });
  expect(await same(29)).toMatchObject({ verdict: "not_enough_data", have: 29 });
});

test("an evaluator that is as kind everywhere makes no variation, whatever the rounding of its scores", async () => {
  const kind = each(80, (at) => {
    const rating = 1 + (at % 31) / 10;
    return { score: (rating - 0.9) / 4, rating, labels: { topic: inTurns(at, "a", "b") } };
  });
  const gaps = asking(findSegments, { by: ["topic"], metric: "gap" });
  expect(await gaps(kind)()).toMatchObject({ verdict: "no_variation", n: 80 });
});

test("a pair that does not vary is told of where the remainder of its labels says something else", async () => {
  const of = (topic: string, cohort: string, rating: number) => times(40, rated(rating, { topic, cohort }));
  const answer = await asking(findSegments, { by: ["topic", "cohort"] })(
    of("a", "new", 1),
    of("a", "old", 5),
    of("b", "new", 5),
    of("b", "old", 5),
  )();
  if (answer.verdict !== "segments_found") throw new Error(answer.verdict);
  const pairs = answer.segments.filter(({ labels }) => labels.length === 2);
  expect(pairs.map(({ labels }) => labels.map(({ value }) => value).join(" "))).toContain("a new");
  const alike = await asking(findSegments, { by: ["topic", "cohort"] })(
    of("a", "new", 1),
    of("a", "old", 1),
    of("b", "new", 5),
    of("b", "old", 5),
  )();
  expect(alike).toMatchObject({
    segments: [{ labels: [{ label: "topic" }] }, { labels: [{ label: "topic" }] }],
  });
});

test("what there is at most is the smaller of a segment and its rest", async () => {
  const one = byTopic(
    times(500, rated(5, { topic: "a" })),
    each(3, (at) => ({ rating: 1 + at })),
  );
  expect(await one()).toMatchObject({ verdict: "not_enough_data", needed: 30, have: 3, n: 503 });
  const two = byTopic(times(20, rated(5, { topic: "a" })), times(7, rated(4, { topic: "b" })));
  expect(await two()).toMatchObject({ needed: 30, have: 7 });
  expect(await byTopic(times(500, { rating: 5 }))()).toMatchObject({ have: 0, n: 500 });
});

test("options that mean nothing are refused", async () => {
  for (const options of [
    { by: [] },
    { by: "topic" as unknown as readonly string[] },
    { by: ["a"], q: 2 },
    { by: ["a"], scoreRange: [1, 0] as const },
    { by: ["a"], smallest: 1 },
    { by: ["a"], smallest: Number.POSITIVE_INFINITY },
    { by: ["a"], metric: "score" as "gap" },
    { by: ["a"], examples: -1 },
    { by: ["a"], examples: 1.5 },
  ])
    await expect(findSegments(memoryStore(), options)).rejects.toMatchObject({ code: "INVALID_QUERY" });
});

test("where nothing differs, hardly any world has a finding; where two topics do, few findings are false", async () => {
  const worlds = 40;
  let [worldsWithFindings, falseShare, caught] = [0, 0, 0];
  for (let seed = 1; seed <= worlds; seed++) {
    const even = await findSegments(await storeOf({ seed, n: 400, penalty: () => 0 }), {
      by: ["topic"],
      examples: 0,
    });
    if (even.verdict === "segments_found") worldsWithFindings++;
    const penalty = (topic: number) => (topic < 2 ? 1 : 0);
    const store = await storeOf({ seed: 1_000 + seed, n: 400, penalty });
    const uneven = await findSegments(store, { by: ["topic"], examples: 0 });
    if (uneven.verdict !== "segments_found") continue;
    // Beside two that are worse, the other six are truly better than the rest: only the direction can be wrong.
    const wrong = uneven.segments.filter(
      ({ labels, effect }) => effect < 0 !== ["t0", "t1"].includes(labels[0]!.value),
    );
    falseShare += wrong.length / uneven.segments.length;
    if (uneven.segments.length > 0) caught++;
  }
  expect(worldsWithFindings / worlds).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / worlds));
  expect(falseShare / worlds).toBeLessThanOrEqual(0.05);
  expect(caught / worlds).toBeGreaterThan(0.9);
}, 60_000);

test("requests without a label are no segment, and part of what the others are compared with", async () => {
  const store = memoryStore();
  const topics = ["a", "a", "a", "b", "b", undefined, undefined];
  await recordEvaluation(
    store,
    topics.map((topic, at) => ({
      requestId: `req-${at}`,
      ...(topic !== undefined && { metadata: { topic } }),
    })),
  );
  await recordFeedback(
    store,
    [1, 1.5, 2.5, 4, 5, 4, 2].map((value, at) => ({
      type: "explicit_rating" as const,
      value,
      requestId: `req-${at}`,
    })),
  );
  const answer = await findSegments(store, { by: ["topic"], smallest: 2, q: 0.99 });
  expect(answer).toMatchObject({ verdict: "segments_found", n: 7, tests: 2 });
  if (answer.verdict !== "segments_found") return;
  const worst = answer.segments.find(({ labels }) => labels[0]!.value === "a");
  expect(worst).toMatchObject({
    n: 3,
    restN: 4,
    restMean: 3.75,
    // All three are low, of the rest one in four.
    lowScores: { n: 3, rate: 1, beyondRest: 3 - 3 / 4 },
    requestIds: ["req-0", "req-1", "req-2"],
  });
  // scipy.stats.ttest_ind([1, 1.5, 2.5], [4, 5, 4, 2], equal_var=False).pvalue
  expect(worst!.p).toBeCloseTo(0.04310755873408068, 10);
});

test("a label that is named twice makes no pair with itself", async () => {
  const store = await storeOf({ seed: 6, n: 400, penalty: () => 0 });
  const [once, twice] = [
    await findSegments(store, { by: ["cohort"] }),
    await findSegments(store, { by: ["cohort", "cohort"] }),
  ];
  expect(twice).toEqual(once);
});
