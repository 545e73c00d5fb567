import {
  correlateFeedbackWithMetrics,
  memoryStore,
  recordEvaluation,
  recordFeedback,
  weightFeedbackForBalance,
} from "@heed/core";
import { expect, test } from "vitest";
import { times, votedStore } from "../voted-store.ts";
import { describeCorrelation } from "./describe-correlation.ts";

/** A store in which request i has the i-th rating and score. */
const storeOf = async (ratings: readonly number[], scores: readonly number[]) => {
  const store = memoryStore();
  for (const [at, value] of ratings.entries())
    await recordFeedback(store, { type: "explicit_rating", value, requestId: `r${at}`, userId: "u" });
  for (const [at, overall] of scores.entries())
    await recordEvaluation(store, { requestId: `r${at}`, evalScores: { overall } });
  return store;
};

const textOf = async (ratings: readonly number[], scores: readonly number[]): Promise<string> =>
  describeCorrelation(await correlateFeedbackWithMetrics(await storeOf(ratings, scores)));

const grades = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5];
const rising = [0.1, 0.2, 0.3, 0.4, 0.5, 0.12, 0.22, 0.28, 0.41, 0.49];

test("gives n, both coefficients, their intervals and p-values, and what was left out", async () => {
  const text = await textOf(grades, [...rising, 0.7, 0.8]);
  expect(text).toContain("10 pairs, 1.0 votes behind each");
  expect(text).toMatch(/Pearson +0\.99\d +0\.9\d\d to 0\.99\d +\d\.\de-\d+/);
  expect(text).toMatch(/Spearman +0\.9\d\d +0\.9\d\d to 0\.99\d +\d\.\de-\d+/);
  expect(text).toContain("Requests left out: 2 without a vote.");
});

test("says in words whether the score goes with the votes, against them, or neither", async () => {
  expect(await textOf(grades, rising)).toContain(
    "goes with the votes: where it is higher, people vote better",
  );
  expect(
    await textOf(
      grades,
      rising.map((score) => 1 - score),
    ),
  ).toContain("Do not trust it here");
  expect(await textOf(grades, [5, 1, 4, 2, 3, 1, 5, 2, 4, 3])).toContain("No clear relation");
});

test("says what is missing when there is too little, or no difference to speak of", async () => {
  expect(await textOf([1, 2], [0.1, 0.2])).toContain(
    "4 pairs of a vote and a score are needed, and there are 2",
  );
  expect(await textOf([4, 4, 4, 4, 4], rising)).toContain("all votes say the same");
});

test("users who voted on several requests are told of, with the intervals that allow for them", async () => {
  const requests = times(120, (at) => ({
    evalScores: { overall: (at % 5) / 5 + (at % 3) / 20 },
    metadata: { userCohort: at % 4 === 0 ? "new" : "regular" },
    votes: at % 4 === 0 && at % 8 > 0 ? [] : [[`u${at % 40}`, 1 + (at % 5)] as const],
  }));
  const store = await votedStore(requests);
  const text = describeCorrelation(await correlateFeedbackWithMetrics(store, { resamples: 200 }));
  expect(text).toMatch(/ r +95 % interval +drawing users +p\n/);
  expect(text).toMatch(/Spearman( +-?\d\.\d{3}){2} to \d\.\d{3} +-?\d\.\d{3} to \d\.\d{3} +\S+\n/);
  expect(text).toMatch(/Kendall +0\.\d{3} +0\.\d{3} to \d\.\d{3} +- +\S+\n/);
  expect(text).toContain("go by the intervals from 200 samples of users");

  const weights = await weightFeedbackForBalance(store);
  if (!("cells" in weights)) throw new Error(weights.verdict);
  const weighted = await correlateFeedbackWithMetrics(store, { weights, resamples: 0 });
  expect(describeCorrelation(weighted)).toMatch(/Weighted: as sure as \d+\.\d pairs of equal weight\./);
  expect(describeCorrelation(weighted)).not.toContain("Kendall");
});

test("at a coarser level users are not spoken of, as the intervals are those over its values", async () => {
  const store = await votedStore(
    times(60, (at) => ({
      evalScores: { overall: (at % 6) / 6 + (at % 5) / 50 },
      metadata: { topic: `t${at % 6}` },
      votes: [[`u${at % 30}`, 1 + ((at % 6) * 4) / 5] as const],
    })),
  );
  const text = describeCorrelation(await correlateFeedbackWithMetrics(store, { level: "topic" }));
  expect(text).toContain("by topic: 6 pairs");
  expect(text).toMatch(/ r +95 % interval +p\n/);
  expect(text).not.toContain("users");
});

test("the verdict goes by the interval that allows for users", async () => {
  const answer = await correlateFeedbackWithMetrics(await storeOf(grades, rising));
  if (answer.verdict !== "estimated") throw new Error(answer.verdict);
  const clustered = { users: 30, resamples: 200, reason: null, pearson: null } as const;
  expect(describeCorrelation({ ...answer, clustered: { ...clustered, spearman: [-0.1, 0.9] } })).toContain(
    "No clear relation",
  );
});

test("intervals are named by their confidence", async () => {
  const answer = await correlateFeedbackWithMetrics(await storeOf(grades, rising), { confidence: 0.9 });
  expect(describeCorrelation(answer, { confidence: 0.9 })).toContain(" 90 % interval");
});
