import { expect, test } from "vitest";
import { brierScore } from "./brier-score.ts";
import { labelled } from "./fixtures/labelled.ts";

test("the score is scikit-learn's", () => {
  expect(brierScore(labelled.probabilities, labelled.labels)).toBeCloseTo(labelled.brier, 15);
});

test("certainty costs nothing when right and 1 when wrong, and no pair gives no score", () => {
  expect(brierScore([0, 1], [0, 1])).toBe(0);
  expect(brierScore([0, 1], [1, 0])).toBe(1);
  expect(brierScore([Number.NaN], [1])).toBeNull();
});
