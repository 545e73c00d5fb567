import { expect, test } from "vitest";
import { labelled } from "./fixtures/labelled.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { repeatedPairs } from "./fixtures/weighted-labels.ts";
import { plattScaling } from "./platt-scaling.ts";
import { predictLogistic } from "./predict-logistic.ts";

test("the curve is statsmodels' on the softened labels", () => {
  const fit = plattScaling(labelled.scores, labelled.labels);
  expect(fit).toMatchObject({ n: 40, dropped: 0, reason: null });
  expect(relativeError(fit.slope, labelled.platt.slope)).toBeLessThan(1e-12);
  expect(relativeError(fit.intercept, labelled.platt.intercept)).toBeLessThan(1e-12);
});

test("with weights, the labels are softened by what they weigh, and a weight of 2 is the same pair twice", () => {
  const { scores, labels, weights } = labelled;
  const fit = plattScaling(scores, labels, { weights });
  expect(relativeError(fit.slope, labelled.weightedPlatt.slope)).toBeLessThan(1e-12);
  expect(relativeError(fit.intercept, labelled.weightedPlatt.intercept)).toBeLessThan(1e-12);
  const repeated = repeatedPairs({ scores, labels, weights });
  const written = plattScaling(repeated.scores, repeated.labels);
  expect(relativeError(fit.slope, written.slope!)).toBeLessThan(1e-12);
  expect(relativeError(fit.intercept, written.intercept!)).toBeLessThan(1e-12);
});

test("labels of one kind are told, whatever their weights add up to", () => {
  for (const label of [0, 1])
    for (const weights of [
      [0.1, 0.2, 0.3],
      [0.1, 0.7, 0.2],
    ])
      expect(plattScaling([1, 2, 3], [label, label, label], { weights }).reason).toBe("one_class");
  expect(plattScaling([1, 2, 3], [1, 1, 0], { weights: [1, 1, 0] }).reason).toBe("one_class");
});

test("scores that separate the labels are calibrated too, and never to certainty", () => {
  const { slope, intercept } = plattScaling([1, 2, 3, 4], [0, 0, 1, 1]);
  const p = predictLogistic({ slope: slope!, intercept: intercept! }, 4);
  expect(p).toBeGreaterThan(0.75);
  expect(p).toBeLessThan(0.9);
});

test("what cannot be calibrated is told, with what was dropped", () => {
  const missing = { slope: null, intercept: null };
  expect(plattScaling([], [])).toEqual({ ...missing, n: 0, dropped: 0, reason: "too_few" });
  expect(plattScaling([1, 2, Number.NaN], [1, 1, 0])).toEqual({
    ...missing,
    n: 2,
    dropped: 1,
    reason: "one_class",
  });
  expect(plattScaling([2, 2, 2, Number.NaN], [1, 0, 1, 0])).toEqual({
    ...missing,
    n: 3,
    dropped: 1,
    reason: "constant",
  });
});
