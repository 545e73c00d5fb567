import fc from "fast-check";
import { expect, test } from "vitest";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { labelled } from "./fixtures/labelled.ts";
import { repeatedPairs, weightedPairsOf } from "./fixtures/weighted-labels.ts";

const { probabilities, labels, weights } = labelled;

test("the error and the counts are numpy's", () => {
  const { error, bins, ...rest } = expectedCalibrationError(probabilities, labels);
  expect(error).toBeCloseTo(labelled.calibrationError, 14);
  expect(bins.map(({ n }) => n)).toEqual(labelled.predictionsInBins);
  expect(rest).toEqual({ n: 40, dropped: 0, reason: null });
});

test("the error is the mean distance of the table's columns, over the predictions", () => {
  for (const count of [1, 3, 10, 50]) {
    const { error, bins } = expectedCalibrationError(probabilities, labels, { bins: count });
    expect(bins).toHaveLength(count);
    const apart = bins.map(({ n, predicted, observed }) =>
      n === 0 ? 0 : n * Math.abs(predicted! - observed!),
    );
    expect(error).toBeCloseTo(apart.reduce((sum, one) => sum + one, 0) / 40, 14);
  }
});

test("with weights the error is numpy's too", () => {
  const { error } = expectedCalibrationError(probabilities, labels, { weights });
  expect(error).toBeCloseTo(labelled.weightedCalibrationError, 14);
});

test("a weight of 2 is the same pair twice, one of 0 no pair: in the error and in every bin", () => {
  // Sixteenths and their sums are exact, so that pairs in another order add up to the same.
  const sixteenths = fc.nat({ max: 16 }).map((count) => count / 16);
  fc.assert(
    fc.property(weightedPairsOf(sixteenths), fc.integer({ min: 1, max: 12 }), (pairs, bins) => {
      const { scores, labels } = repeatedPairs(pairs);
      const own = expectedCalibrationError(pairs.scores, pairs.labels, { weights: pairs.weights, bins });
      const written = expectedCalibrationError(scores, labels, { bins });
      expect({ ...own, n: null }).toEqual({ ...written, n: null });
    }),
  );
});

test("a bin begins with its lower end, the last one holds 1, and an empty one has no means", () => {
  const { bins } = expectedCalibrationError([0, 0.5, 1, Number.NaN], [0, 1, 1, 1], { bins: 4 });
  expect(bins).toEqual([
    { from: 0, to: 0.25, n: 1, predicted: 0, observed: 0 },
    { from: 0.25, to: 0.5, n: 0, predicted: null, observed: null },
    { from: 0.5, to: 0.75, n: 1, predicted: 0.5, observed: 1 },
    { from: 0.75, to: 1, n: 1, predicted: 1, observed: 1 },
  ]);
});

test("no pair gives no error, and bins that are none are refused", () => {
  expect(expectedCalibrationError([], [])).toMatchObject({ n: 0, error: null, reason: "too_few" });
  for (const bins of [0, 2.5, 1e6])
    expect(() => expectedCalibrationError([], [], { bins })).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
});
