import { expect, test } from "vitest";
import { change, storeOf, type Told } from "./fixtures/store-of.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";

const many = (count: number, request: Told): readonly Told[] => Array.from({ length: count }, () => request);

// Before: 4 of 25 voted, 2 discarded; after: 12 of 20 voted, 1 discarded.
const requests = [
  ...[2, 3, 1, 4].map((rating) => ({ date: 9, score: 0.5, rating })),
  ...many(2, { date: 9, score: 0.4, discarded: true }),
  ...many(19, { date: 9 }),
  ...[4, 5, 4, 3, 5, 5, 4, 2, 5, 4, 5, 4].map((rating) => ({ date: 10, score: 0.6, rating })),
  ...many(1, { date: 10, score: 0.5, discarded: true }),
  ...many(7, { date: 10 }),
];

test("one call shows the score, and what users said and did about the same requests", async () => {
  const answer = await measureImprovementFromChange(await storeOf(requests), change);
  expect(answer).toMatchObject({ verdict: "improved", metric: "score", before: { n: 6 }, after: { n: 13 } });
  const { humanScore, feedbackRate, discardRate } = answer.feedback;
  expect(humanScore).toMatchObject({ before: { n: 4, mean: 2.5 }, after: { n: 12 }, reason: null });
  // scipy.stats.ttest_ind([4, 5, 4, 3, 5, 5, 4, 2, 5, 4, 5, 4], [2, 3, 1, 4], equal_var=False)
  expect(humanScore.difference).toBeCloseTo(1.6666666666666665, 12);
  expect(humanScore.p).toBeCloseTo(0.07412451742522588, 10);
  expect(feedbackRate).toMatchObject({
    before: { n: 25, count: 4, rate: 0.16 },
    after: { n: 20, count: 12, rate: 0.6 },
    reason: null,
  });
  // numpy and scipy.stats.norm: the hypotenuses of two Wilson intervals, and the pooled z-test
  expect(feedbackRate.difference).toBeCloseTo(0.44, 12);
  expect(feedbackRate.ci![0]).toBeCloseTo(0.15655121146268214, 10);
  expect(feedbackRate.ci![1]).toBeCloseTo(0.6450376724048522, 10);
  expect(feedbackRate.p).toBeCloseTo(0.002184185633813952, 10);
  expect(discardRate).toMatchObject({ before: { count: 2, rate: 0.08 }, after: { count: 1, rate: 0.05 } });
});

test("a rate is judged by Newcombe's interval, and has no ranks", async () => {
  const answer = await measureImprovementFromChange(await storeOf(requests), {
    ...change,
    metric: "feedbackRate",
  });
  expect(answer).toMatchObject({
    verdict: "improved",
    basis: "two_proportions",
    before: { n: 25, mean: 0.16 },
    after: { n: 20, mean: 0.6 },
    mannWhitney: null,
    dropped: 0,
    ci: answer.feedback.feedbackRate.ci,
  });
});

test("the human score is that of the requests with a vote, and the others are dropped", async () => {
  const answer = await measureImprovementFromChange(await storeOf(requests), {
    ...change,
    metric: "humanScore",
  });
  const { p, difference } = answer.feedback.humanScore;
  expect(answer).toMatchObject({ basis: "welch", before: { n: 4 }, after: { n: 12 }, dropped: 29 });
  expect("welch" in answer && answer.welch.p).toBeCloseTo(p!, 12);
  expect("welch" in answer && answer.difference).toBeCloseTo(difference!, 12);
});

test("fewer outputs thrown away are an improvement, and more are none", async () => {
  const rates = (before: number, after: number) =>
    [9, 10].flatMap((date) =>
      Array.from({ length: 100 }, (_, at) => ({ date, discarded: at < (date === 9 ? before : after) })),
    );
  const measure = async (before: number, after: number) =>
    measureImprovementFromChange(await storeOf(rates(before, after)), { ...change, metric: "discardRate" });
  expect(await measure(40, 10)).toMatchObject({ verdict: "improved", difference: 0.1 - 0.4 });
  expect(await measure(10, 40)).toMatchObject({ verdict: "worsened", difference: 0.4 - 0.1 });
  expect(await measure(10, 12)).toMatchObject({ verdict: "not_significant" });
});

test("what nobody said or did is null with a reason", async () => {
  const silent = await storeOf([...many(3, { date: 9, score: 1 }), ...many(3, { date: 10, score: 2 })]);
  const { feedback } = await measureImprovementFromChange(silent, change);
  expect(feedback.humanScore).toEqual({
    before: { n: 0, mean: null, sd: null },
    after: { n: 0, mean: null, sd: null },
    difference: null,
    ci: null,
    p: null,
    reason: "too_few",
  });
  expect(feedback.feedbackRate).toMatchObject({ difference: 0, p: null, reason: "constant" });
  const empty = await measureImprovementFromChange(await storeOf([]), { ...change, metric: "feedbackRate" });
  expect(empty).toMatchObject({
    verdict: "not_enough_data",
    metric: "feedbackRate",
    have: { before: 0, after: 0 },
    feedback: { feedbackRate: { before: { n: 0, count: 0, rate: null }, reason: "too_few" } },
  });
});

test("a rate that is 0 on both sides has no variation", async () => {
  const silent = await storeOf([...many(30, { date: 9 }), ...many(30, { date: 10 })]);
  expect(await measureImprovementFromChange(silent, { ...change, metric: "feedbackRate" })).toMatchObject({
    verdict: "no_variation",
    difference: 0,
  });
});
