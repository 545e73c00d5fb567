import { expect, test } from "vitest";
import { measureGainOnBaseRate, measurePredictions } from "./measure-predictions.ts";

const options = { confidence: 0.95, resamples: 500, seed: 1 };
/** 100 outputs of 50 groups, three in four of them good. */
const labels = Float64Array.from({ length: 100 }, (_, at) => (at % 4 === 0 ? 0 : 1));
const heldOut = {
  labels,
  humanScores: labels.map((label) => 1 + 4 * label),
  weights: new Float64Array(100).fill(1),
  groups: Int32Array.from({ length: 100 }, (_, at) => at >> 1),
};

const gainOf = (probability: Float64Array) => {
  const measured = measurePredictions({ score: probability, probability, threshold: 0.5 }, heldOut, options);
  return measureGainOnBaseRate(measured, heldOut, options);
};

test.each([0, 0.5, 0.75, 0.7500001, 1])("whoever says %d of all outputs knows nothing", (constant) => {
  const { value, ci } = gainOf(new Float64Array(100).fill(constant));
  expect(value).toBeLessThanOrEqual(0);
  expect(ci![0]).toBeLessThanOrEqual(0);
});

test("whoever tells good from bad gains what labels vary by, less his own errors", () => {
  const { value, ci } = gainOf(labels.map((label) => 0.1 + 0.8 * label));
  expect(value).toBeCloseTo(0.75 * 0.25 - 0.01, 12);
  expect(ci![0]).toBeGreaterThan(0.1);
});
