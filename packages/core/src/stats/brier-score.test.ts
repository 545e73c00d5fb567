import fc from "fast-check";
import { expect, test } from "vitest";
import { brierScore } from "./brier-score.ts";
import { labelled } from "./fixtures/labelled.ts";
import { repeatedPairs, weightedPairsOf } from "./fixtures/weighted-labels.ts";

test("the score is scikit-learn's", () => {
  expect(brierScore(labelled.probabilities, labelled.labels)).toBeCloseTo(labelled.brier, 15);
});

test("with weights too, and a weight of 2 is the same pair twice, one of 0 no pair", () => {
  const { probabilities, labels, weights, weightedBrier } = labelled;
  expect(brierScore(probabilities, labels, { weights })).toBeCloseTo(weightedBrier, 15);
  fc.assert(
    fc.property(weightedPairsOf(fc.double({ min: 0, max: 1, noNaN: true })), (pairs) => {
      const { scores, labels } = repeatedPairs(pairs);
      const own = brierScore(pairs.scores, pairs.labels, { weights: pairs.weights });
      expect(own === null).toBe(scores.length === 0);
      expect(own ?? 2).toBeCloseTo(brierScore(scores, labels) ?? 2, 14);
    }),
  );
});

test("certainty costs nothing when right and 1 when wrong, and no pair gives no score", () => {
  expect(brierScore([0, 1], [0, 1])).toBe(0);
  expect(brierScore([0, 1], [1, 0])).toBe(1);
  expect(brierScore([Number.NaN], [1])).toBeNull();
});
