import { describe, expect, expectTypeOf, it } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { correlateFeedbackWithMetrics } from "./correlate-feedback-with-metrics.ts";

interface Rated {
  readonly score?: number;
  readonly ratings: readonly number[];
  readonly model?: string;
  readonly topic?: string;
  readonly day?: number;
}

/** A store of requests, each with an automatic score and the ratings of as many users. */
const storeOf = async (requests: readonly Rated[]) => {
  const store = memoryStore();
  for (const [at, { score, ratings, model, topic, day = 1 }] of requests.entries()) {
    const requestId = `req-${at}`;
    await recordEvaluation(store, {
      requestId,
      timestamp: new Date(Date.UTC(2026, 0, day)),
      ...(score !== undefined && { evalScores: { overall: score, tone: 1 - score } }),
      ...(model !== undefined && { model }),
      ...(topic !== undefined && { metadata: { topic } }),
    });
    for (const [user, value] of ratings.entries())
      await recordFeedback(store, { type: "explicit_rating", value, requestId, userId: `user-${user}` });
  }
  return store;
};

const requests: readonly Rated[] = [
  { score: 0.91, ratings: [5], model: "a", topic: "x", day: 1 },
  { score: 0.15, ratings: [2, 1], model: "a", topic: "x", day: 2 },
  { score: 0.62, ratings: [3], model: "b", topic: "y", day: 3 },
  { score: 0.62, ratings: [4, 5], model: "b", topic: "y", day: 4 },
  { score: 0.33, ratings: [3], model: "c", topic: "z", day: 5 },
  { score: 0.48, ratings: [1], model: "c", topic: "z", day: 6 },
  { score: 0.77, ratings: [4], model: "d", topic: "w", day: 7 },
];

describe("correlateFeedbackWithMetrics", () => {
  it("gives SciPy's coefficients and p-values", async () => {
    const answer = await correlateFeedbackWithMetrics(await storeOf(requests));
    expect(answer.verdict).toBe("estimated");
    if (answer.verdict !== "estimated") return;
    expectTypeOf(answer.pearson.r).toEqualTypeOf<number>();
    expect(answer).toMatchObject({ level: "request", score: "overall", n: 7, votesPerUnit: 9 / 7 });
    // human = [5, 1.5, 3, 4.5, 3, 1, 4], score = [.91, .15, .62, .62, .33, .48, .77]
    // scipy.stats.pearsonr(human, score), .confidence_interval(); scipy.stats.spearmanr(human, score)
    expect(answer.pearson.r).toBeCloseTo(0.7694506014812073, 12);
    expect(answer.pearson.p).toBeCloseTo(0.04310258863514063, 12);
    expect(answer.pearson.ci[0]).toBeCloseTo(0.03897786685704135, 12);
    expect(answer.pearson.ci[1]).toBeCloseTo(0.9639541433920379, 12);
    expect(answer.spearman.r).toBeCloseTo(0.790909090909091, 12);
    expect(answer.spearman.p).toBeCloseTo(0.0341843193404346, 12);
  });

  it("at a coarser level, correlates the means over the requests of each label", async () => {
    const answer = await correlateFeedbackWithMetrics(await storeOf(requests), { level: "model" });
    // human = [3.25, 3.75, 2, 4], score = [.53, .62, .405, .77], by model
    expect(answer).toMatchObject({ verdict: "estimated", level: "model", n: 4, votesPerUnit: 9 / 4 });
    if (answer.verdict !== "estimated") return;
    expect(answer.pearson.r).toBeCloseTo(0.9296166999476884, 12);
    expect(answer.spearman.r).toBe(1);
    const byTopic = await correlateFeedbackWithMetrics(await storeOf(requests), { level: "topic" });
    expect(byTopic).toMatchObject({ level: "topic", n: 4, pearson: answer.pearson });
  });

  it("at a coarser level, keeps the digits of scores far from zero", async () => {
    const at = async (offset: number) => {
      const shifted = requests.map((request, place) => ({ ...request, score: offset + ((place * 5) % 7) }));
      const answer = await correlateFeedbackWithMetrics(await storeOf(shifted), { level: "model" });
      return answer.verdict === "estimated" ? answer.pearson.r : answer.verdict;
    };
    expect(await at(1.7e15)).toBeCloseTo((await at(0)) as number, 12);
  });

  it("reads the score that is named", async () => {
    const store = await storeOf(requests);
    const [overall, tone] = [
      await correlateFeedbackWithMetrics(store),
      await correlateFeedbackWithMetrics(store, { score: "tone" }),
    ];
    if (overall.verdict !== "estimated" || tone.verdict !== "estimated")
      throw new Error("expected estimates");
    expect(tone.pearson.r).toBeCloseTo(-overall.pearson.r, 12);
  });

  it("counts what could not be paired by the first thing it lacked", async () => {
    const store = await storeOf([
      ...requests,
      { score: 0.5, ratings: [], model: "a" },
      { ratings: [4], model: "a" },
      { score: 0.5, ratings: [4] },
    ]);
    await recordFeedback(store, { type: "explicit_thumbs_up", value: true, requestId: "never-logged" });
    const answer = await correlateFeedbackWithMetrics(store, { level: "model" });
    expect(answer.dropped).toEqual({ noVotes: 1, noScore: 1, noLabel: 1, noWeight: 0, notLogged: 1 });
  });

  it("counts requests from since, inclusive, until until, exclusive", async () => {
    const period = { since: new Date("2026-01-02"), until: new Date("2026-01-07") };
    const answer = await correlateFeedbackWithMetrics(await storeOf(requests), period);
    expect(answer).toMatchObject({ verdict: "estimated", n: 5 });
  });

  it("says that fewer than four pairs are not enough, rather than give a number", async () => {
    expect(await correlateFeedbackWithMetrics(memoryStore())).toEqual({
      verdict: "not_enough_data",
      score: "overall",
      level: "request",
      dropped: { noVotes: 0, noScore: 0, noLabel: 0, noWeight: 0, notLogged: 0 },
      needed: 4,
      have: 0,
    });
    expect(await correlateFeedbackWithMetrics(await storeOf(requests.slice(0, 3)))).toMatchObject({
      verdict: "not_enough_data",
      have: 3,
    });
  });

  it("says which side is constant, rather than give NaN", async () => {
    const same = requests.map((request) => ({ ...request, score: 0.5 }));
    const happy = requests.map((request) => ({ ...request, ratings: [5] }));
    const ask = async (rated: readonly Rated[]) => correlateFeedbackWithMetrics(await storeOf(rated));
    expect(await ask(same)).toMatchObject({ verdict: "no_variation", constant: "score", n: 7 });
    expect(await ask(happy)).toMatchObject({ verdict: "no_variation", constant: "humanScore" });
    expect(await ask(happy.map((request) => ({ ...request, score: 0.5 })))).toMatchObject({
      constant: "both",
    });
  });

  it("refuses options that mean nothing", async () => {
    const store = memoryStore();
    const refusal = { code: "INVALID_QUERY" };
    await expect(correlateFeedbackWithMetrics(store, { since: new Date("soon") })).rejects.toMatchObject(
      refusal,
    );
    const backwards = { since: new Date("2026-02-01"), until: new Date("2026-01-01") };
    await expect(correlateFeedbackWithMetrics(store, backwards)).rejects.toMatchObject(refusal);
    await expect(correlateFeedbackWithMetrics(store, { confidence: 95 })).rejects.toMatchObject(refusal);
    // Though nobody voted here, and nothing is drawn.
    for (const options of [{ resamples: 1 }, { seed: 1.5 }])
      await expect(correlateFeedbackWithMetrics(store, options)).rejects.toMatchObject(refusal);
    const scores = "every" as "all";
    await expect(correlateFeedbackWithMetrics(store, { scores })).rejects.toMatchObject(refusal);
    const weights = { by: "plan" as unknown as readonly string[], cells: [{ labels: ["pro"], weight: 1 }] };
    await expect(correlateFeedbackWithMetrics(store, { weights })).rejects.toMatchObject(refusal);
  });
});
