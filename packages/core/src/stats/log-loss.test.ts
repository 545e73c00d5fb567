import { expect, test } from "vitest";
import { labelled } from "./fixtures/labelled.ts";
import { logLoss } from "./log-loss.ts";

test("the loss is scikit-learn's", () => {
  expect(logLoss(labelled.probabilities, labelled.labels)).toBeCloseTo(labelled.logLoss, 14);
});

test("a coin costs ln 2, and certainty next to nothing when right, 52 ln 2 when wrong", () => {
  expect(logLoss([0.5, 0.5], [0, 1])).toBeCloseTo(Math.LN2, 15);
  expect(logLoss([0, 1], [0, 1])).toBeCloseTo(0, 15);
  expect(logLoss([0], [1])).toBeCloseTo(52 * Math.LN2, 12);
  expect(logLoss([1], [0])).toBeCloseTo(52 * Math.LN2, 12);
});

test("no pair gives no loss", () => {
  expect(logLoss([], [])).toBeNull();
});
