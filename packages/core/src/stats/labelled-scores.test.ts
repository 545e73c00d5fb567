import { expect, test } from "vitest";
import { labelledProbabilities, labelledScores } from "./labelled-scores.ts";

const refusal = expect.objectContaining({ code: "INVALID_QUERY" });

test("pairs that are not finite are dropped, and labels of 1 counted", () => {
  expect(labelledScores([7, Number.NaN, -1, 3], [1, 1, 0, 1])).toEqual({
    n: 3,
    scores: Float64Array.of(7, -1, 3),
    weights: Float64Array.of(1, 1, 1),
    labels: Float64Array.of(1, 0, 1),
    dropped: 1,
    positives: 2,
  });
});

test("labels of 1 are counted by weight, and pairs without any are left out", () => {
  expect(labelledScores([7, 5, -1, 3], [1, 1, 0, 1], { weights: [2, 0, 1, 0.5] })).toEqual({
    n: 3,
    scores: Float64Array.of(7, -1, 3),
    weights: Float64Array.of(2, 1, 0.5),
    labels: Float64Array.of(1, 0, 1),
    dropped: 0,
    positives: 2.5,
  });
  for (const weights of [[1], [1, -1], [1, Number.NaN]])
    expect(() => labelledScores([1, 2], [1, 0], { weights })).toThrow(refusal);
});

test("labels other than 0 and 1 are refused, and probabilities beyond them", () => {
  expect(() => labelledScores([1, 2], [1, 2])).toThrow(refusal);
  expect(() => labelledScores([1, 2], [1])).toThrow(refusal);
  for (const p of [-1e-9, 1.5]) expect(() => labelledProbabilities([p], [1])).toThrow(refusal);
  expect(labelledProbabilities([0, 1], [1, 0]).n).toBe(2);
});
