import fc from "fast-check";
import { expect, test } from "vitest";
import { fitLogistic, type LogisticFit } from "./fit-logistic.ts";
import { labelled } from "./fixtures/labelled.ts";
import { relativeError } from "./fixtures/relative-error.ts";

const { scores, labels, weights } = labelled;

const expectCurve = (fit: LogisticFit, slope: number, intercept: number, within = 1e-12) => {
  expect(fit.reason).toBeNull();
  expect(relativeError(fit.slope, slope)).toBeLessThan(within);
  expect(relativeError(fit.intercept, intercept)).toBeLessThan(within);
};

const target = fc.constantFrom(0, 0, 1, 1, 0.25);
const columns = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 9 }), target, fc.nat({ max: 3 })), { maxLength: 40 })
  .map((rows) => ({ x: rows.map(([x]) => x), y: rows.map(([, y]) => y), weights: rows.map(([, , w]) => w) }));

test("the curve is that of statsmodels' Newton, with weights and without", () => {
  const { logistic, weightedLogistic } = labelled;
  expect(fitLogistic(scores, labels)).toMatchObject({ n: 40, dropped: 0 });
  expectCurve(fitLogistic(scores, labels), logistic.slope, logistic.intercept);
  expectCurve(fitLogistic(scores, labels, { weights }), weightedLogistic.slope, weightedLogistic.intercept);
});

test("at the fitted curve, the residuals balance, and so do their moments", () => {
  fc.assert(
    fc.property(columns, ({ x, y, weights }) => {
      const { slope, intercept, reason } = fitLogistic(x, y, { weights });
      expect(slope === null).toBe(reason !== null);
      if (slope === null || intercept === null) return;
      const residuals = x.map(
        (at, i) => weights[i]! * (y[i]! - 1 / (1 + Math.exp(-(slope * at + intercept)))),
      );
      expect(residuals.reduce((sum, residual) => sum + residual, 0)).toBeCloseTo(0, 10);
      expect(residuals.reduce((sum, residual, i) => sum + residual * x[i]!, 0)).toBeCloseTo(0, 10);
    }),
  );
});

test("a weight of 2 is the same pair twice, one of 0 no pair, and a target of 1/4 a quarter of a 1", () => {
  const fit = fitLogistic([1, 2, 3, 4, 5], [0, 1, 0.25, 1, 0], { weights: [2, 1, 4, 3, 0] });
  const written = fitLogistic([1, 1, 2, 3, 3, 3, 3, 4, 4, 4], [0, 0, 1, 1, 0, 0, 0, 1, 1, 1]);
  expect(fit.n).toBe(4);
  expectCurve(fit, written.slope!, written.intercept!);
});

test("shifting, stretching and mirroring x shifts, stretches and mirrors the curve", () => {
  const { slope, intercept } = labelled.logistic;
  const on = (scale: (x: number) => number) => fitLogistic(scores.map(scale), labels);
  expectCurve(
    on((x) => x * 2 ** 200),
    slope / 2 ** 200,
    intercept,
  );
  expectCurve(
    on((x) => -x),
    -slope,
    intercept,
  );
  // 1e6 + x itself is rounded to 1e-10.
  expect(on((x) => 1e6 + x).slope).toBeCloseTo(slope, 8);
});

test("one x far away takes no digit from the others", () => {
  const near = fitLogistic([1, 2, 3, 4], [0, 1, 0, 1]);
  expectCurve(fitLogistic([1, 2, 3, 4, 1e9], [0, 1, 0, 1, 1]), near.slope!, near.intercept!);
});

test("a curve that is nearly a step is found", () => {
  // mpmath.findroot of the two score equations, 40 digits, from (15, -15).
  const fit = fitLogistic([0, 1, 1 + 2 ** -20, 2], [0, 1, 0, 1]);
  expectCurve(fit, 15.249234098228175, -15.249241369622691, 1e-9);
});

test("data that no curve fits best are refused with the reason", () => {
  const reasonOf = (x: number[], y: number[]) => fitLogistic(x, y).reason;
  expect(fitLogistic([Number.NaN], [1])).toEqual({
    n: 0,
    dropped: 1,
    slope: null,
    intercept: null,
    reason: "too_few",
  });
  expect(reasonOf([2, 2, 2], [0, 1, 1])).toBe("constant");
  expect(reasonOf([1, 2, 3], [1, 1, 1])).toBe("one_class");
  expect(reasonOf([1, 2, 3, 4], [0, 0, 1, 1])).toBe("separable");
  expect(reasonOf([1, 2, 3, 4], [1, 1, 0, 0])).toBe("separable");
  expect(reasonOf([1, 2, 2, 3], [0, 0, 1, 1])).toBe("separable");
  expect(reasonOf([1, 2, 3], [0, 0.5, 1])).toBe("separable");
  expect(reasonOf([1, 2, 3], [0, 0.5, 0.5])).toBeNull();
});

test("targets beyond 0 and 1 are refused", () => {
  expect(() => fitLogistic([1, 2], [0, 2])).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
