import { expect, test } from "vitest";
import type { Vote } from "../requests/fold-feedback.ts";
import { krippendorffAlpha } from "../stats/krippendorff-alpha.ts";
import { humanCeiling } from "./human-ceiling.ts";

const rating = (score: number, userId?: string): Vote => ({
  kind: "rating",
  score,
  ...(userId !== undefined && { userId }),
});
const thumb = (score: 1 | 5, userId?: string): Vote => ({ ...rating(score, userId), kind: "thumb" });

const measure = (requests: readonly (readonly Vote[])[], options: { readonly resamples?: number } = {}) => {
  const verdictOf = (value: number): number => (value === 3 ? Number.NaN : Number(value > 3));
  const { add, measure: result } = humanCeiling({
    alphaLevel: "interval",
    confidence: 0.95,
    resamples: 200,
    seed: 1,
    verdictOf,
    ...options,
  });
  for (const votes of requests) add(votes);
  return result();
};
const alphaOf = (requests: readonly (readonly number[])[]): number | null =>
  krippendorffAlpha(
    { unit: requests.flatMap((values, at) => values.map(() => at)), value: requests.flat() },
    { level: "interval" },
  ).alpha;

test("one person is one rater, by the rating where there is one, whichever came first", () => {
  const requests = [
    [thumb(5, "a"), rating(4, "a"), rating(2, "b")],
    [rating(1, "a"), thumb(5, "a"), thumb(1, "b")],
    [rating(5, "a"), rating(4, "b")],
  ];
  expect(measure(requests)).toMatchObject({
    verdict: "estimated",
    requests: 3,
    votes: 6,
    alpha: alphaOf([
      [4, 2],
      [1, 1],
      [5, 4],
    ]),
  });
});

test("a request on which one user votes twice is not shared, and one of two nobodies is", () => {
  expect(measure([[thumb(5, "a"), rating(4, "a")], [rating(3, "b")]])).toEqual({
    verdict: "no_shared_requests",
    alphaLevel: "interval",
    requests: 0,
    votes: 0,
  });
  expect(
    measure([
      [rating(4), rating(4)],
      [rating(1), thumb(1)],
    ]),
  ).toMatchObject({
    verdict: "estimated",
    votes: 4,
    alpha: 1,
  });
});

test("votes that are all equal have no alpha, and verdicts that are all equal none of theirs", () => {
  expect(measure([[rating(4, "a"), rating(4, "b")]])).toMatchObject({ verdict: "no_variation", requests: 1 });
  expect(measure([[rating(4, "a"), rating(5, "b")]])).toMatchObject({
    verdict: "estimated",
    ofVerdicts: null,
  });
});

test("a vote at the threshold is no verdict, though it is a vote", () => {
  const judged = measure([
    [rating(5, "a"), rating(3, "b"), rating(4, "c")],
    [rating(1, "a"), rating(2, "b")],
    [rating(3, "a"), rating(1, "b")],
  ]);
  expect(judged).toMatchObject({ votes: 7, ofVerdicts: { alpha: 1 } });
});

test("without samples there is no interval", () => {
  const requests = [
    [rating(5, "a"), rating(4, "b")],
    [rating(1, "a"), rating(3, "b")],
    [rating(2, "a"), rating(2, "b")],
  ];
  expect(measure(requests, { resamples: 0 })).toMatchObject({ verdict: "estimated", ci: null });
  expect(measure(requests)).toMatchObject({ ci: [expect.any(Number), expect.any(Number)] });
});
