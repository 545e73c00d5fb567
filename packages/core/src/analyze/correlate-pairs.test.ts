import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { kishEffectiveSize } from "../stats/kish-effective-size.ts";
import { pearson } from "../stats/pearson.ts";
import { weightedPearson } from "../stats/weighted-pearson.ts";
import { weightedSpearman } from "../stats/weighted-spearman.ts";
import type { Store } from "../store.ts";
import { type CorrelateOptions, correlateFeedbackWithMetrics } from "./correlate-feedback-with-metrics.ts";

interface Rated {
  readonly scores: Readonly<Record<string, number>>;
  readonly rating: number;
  readonly plan?: string;
  readonly topic?: string;
  readonly user?: string;
}

const storeOf = async (requests: readonly Rated[]): Promise<Store> => {
  const store = memoryStore();
  await recordEvaluation(
    store,
    requests.map(({ scores, plan, topic }, at) => ({
      requestId: `req-${at}`,
      evalScores: { ...scores },
      metadata: { ...(plan && { plan }), ...(topic && { topic }) },
    })),
  );
  await recordFeedback(
    store,
    requests.map(({ rating, user }, at) => ({
      type: "explicit_rating" as const,
      value: rating,
      requestId: `req-${at}`,
      ...(user && { userId: user }),
    })),
  );
  return store;
};

const requests: readonly Rated[] = Array.from({ length: 24 }, (_, at) => ({
  scores: { overall: ((at * 7) % 24) / 24, tone: ((at * 5) % 11) / 11, ...(at < 3 && { rare: at }) },
  rating: 1 + ((at * 3) % 9) / 2,
  plan: at % 3 === 0 ? "pro" : "free",
  topic: `topic ${at % 6}`,
}));
const weights = {
  by: ["plan"],
  cells: [
    { labels: ["pro"], weight: 0.25 },
    { labels: ["free"], weight: 2 },
  ],
};
const rows = requests.map(({ plan }) => (plan === "pro" ? 0.25 : 2));
const human = requests.map(({ rating }) => rating);
const score = requests.map(({ scores }) => scores.overall!);

const estimated = async (store: Store, options: CorrelateOptions) => {
  const answer = await correlateFeedbackWithMetrics(store, options);
  if (answer.verdict !== "estimated") throw new Error(answer.verdict);
  return answer;
};

test("a weighted correlation is that of the kernel, with the weight of each request's cell", async () => {
  const answer = await estimated(await storeOf(requests), { weights });
  expect(answer.n).toBe(24);
  expect(answer.effectiveSize).toBeCloseTo(kishEffectiveSize(rows)!, 12);
  expect(answer.kendall).toBeNull();
  for (const [found, expected] of [
    [answer.pearson, weightedPearson(human, score, rows)],
    [answer.spearman, weightedSpearman(human, score, rows)],
  ] as const) {
    expect(found.r).toBeCloseTo(expected.r!, 12);
    expect(found.p).toBeCloseTo(expected.p!, 12);
    expect(found.ci[0]).toBeCloseTo(expected.ci![0], 12);
  }
});

test("at a coarser level the weights are in the means, and each label counts once", async () => {
  const answer = await estimated(await storeOf(requests), { weights, level: "topic" });
  const means = Array.from({ length: 6 }, (_, topic) => {
    const own = requests.flatMap((request, at) =>
      at % 6 === topic ? [{ ...request, weight: rows[at]! }] : [],
    );
    const total = own.reduce((sum, { weight }) => sum + weight, 0);
    return {
      human: own.reduce((sum, { weight, rating }) => sum + weight * rating, 0) / total,
      score: own.reduce((sum, { weight, scores }) => sum + weight * scores.overall!, 0) / total,
    };
  });
  expect(answer).toMatchObject({ n: 6, effectiveSize: 6, kendall: { r: expect.any(Number) } });
  expect(answer.pearson.r).toBeCloseTo(
    pearson(
      means.map((mean) => mean.human),
      means.map((mean) => mean.score),
    ).r!,
    12,
  );
});

test("what is enough under weights is the effective size", async () => {
  const heavy = {
    by: ["topic"],
    cells: Array.from({ length: 6 }, (_, at) => ({ labels: [`topic ${at}`], weight: at === 0 ? 1e6 : 1 })),
  };
  const answer = await correlateFeedbackWithMetrics(await storeOf(requests.slice(0, 18)), { weights: heavy });
  // Three requests of the heavy topic, and next to nothing of the others.
  expect(answer).toMatchObject({ verdict: "not_enough_data", needed: 4, have: expect.closeTo(3, 3) });
});

test("a request in a cell that has no weight is left out", async () => {
  const onlyFree = { by: ["plan"], cells: weights.cells.slice(1) };
  const answer = await estimated(await storeOf(requests), { weights: onlyFree });
  expect(answer).toMatchObject({ n: 16, dropped: { noWeight: 8 } });
});

test("a table has a row for each score in the order asked for, once, with q over the rows that have a p", async () => {
  const store = await storeOf(requests);
  const table = await correlateFeedbackWithMetrics(store, { scores: ["tone", "rare", "overall", "tone"] });
  expect(table).toMatchObject({
    verdict: "table",
    level: "request",
    rows: [
      { score: "tone" },
      { score: "rare", verdict: "not_enough_data", have: 3, q: null },
      { score: "overall" },
    ],
  });
  const ps = table.rows.flatMap((row) => (row.verdict === "estimated" ? [row.spearman.p] : []));
  const qs = table.rows.flatMap((row) => (row.verdict === "estimated" ? [row.q] : []));
  expect(qs).toEqual([...benjaminiHochberg(ps)]);
  const { q: _, ...overall } = table.rows[2]!;
  expect(overall).toEqual(await correlateFeedbackWithMetrics(store));
});

test("all scores are those that voted requests have, by name; none asked for is none", async () => {
  const store = await storeOf(requests);
  await recordEvaluation(store, { requestId: "silent", evalScores: { unheard: 1 } });
  const { rows: all } = await correlateFeedbackWithMetrics(store, { scores: "all" });
  expect(all.map((row) => row.score)).toEqual(["overall", "rare", "tone"]);
  expect(await correlateFeedbackWithMetrics(store, { scores: [] })).toEqual({
    verdict: "no_scores",
    level: "request",
    rows: [],
  });
});

test("two votes of one user on one request are one word, and on two requests they are not", async () => {
  const store = await storeOf(requests);
  const vote = (requestId: string) =>
    recordFeedback(store, { type: "explicit_thumbs_up", value: true, requestId, userId: "user-1" });
  await vote("req-0");
  await recordFeedback(store, { type: "explicit_rating", value: 4, requestId: "req-0", userId: "user-1" });
  expect((await estimated(store, {})).clustered).toBeNull();
  await vote("req-1");
  // 24 anonymous votes and one user.
  expect((await estimated(store, {})).clustered).toMatchObject({ users: 25, resamples: 1_000, reason: null });
  expect((await estimated(store, { resamples: 0 })).clustered).toBeNull();
});

test("at a coarser level the unit is the label, and no users are drawn, however often they voted", async () => {
  const store = await storeOf(requests.map((request, at) => ({ ...request, user: `user-${at % 12}` })));
  expect((await estimated(store, {})).clustered).toMatchObject({ users: 12 });
  const { n, clustered, pearson: linear } = await estimated(store, { level: "topic" });
  expect(clustered).toBeNull();
  // Fisher's interval of six pairs.
  const reach = 1.959963984540054 / Math.sqrt(n - 3);
  expect(linear.ci[1]).toBeCloseTo(Math.tanh(Math.atanh(linear.r) + reach), 12);
});

test("one score and several exclude each other", async () => {
  const both = { score: "overall", scores: "all" } as unknown as CorrelateOptions;
  await expect(correlateFeedbackWithMetrics(memoryStore(), both)).rejects.toMatchObject({
    code: "INVALID_QUERY",
  });
});
