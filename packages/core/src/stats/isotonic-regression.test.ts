import fc from "fast-check";
import { expect, test } from "vitest";
import { labelled } from "./fixtures/labelled.ts";
import { isotonicRegression } from "./isotonic-regression.ts";
import { predictIsotonic } from "./predict-isotonic.ts";

const value = fc.integer({ min: -8, max: 8 });
const columns = fc
  .array(fc.tuple(value, value, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 40 })
  .map((rows) => ({ x: rows.map(([x]) => x), y: rows.map(([, y]) => y), weights: rows.map(([, , w]) => w) }));

test("the knots are scikit-learn's, with weights and without", () => {
  const { scores, labels, weights, isotonic, weightedIsotonic } = labelled;
  expect(isotonicRegression(scores, labels)).toEqual({ n: 40, dropped: 0, knots: isotonic, reason: null });
  const weighted = isotonicRegression(scores, labels, { weights });
  expect(weighted.knots!.map(([x]) => x)).toEqual(weightedIsotonic.map(([x]) => x));
  for (const [i, [, y]] of weighted.knots!.entries()) expect(y).toBeCloseTo(weightedIsotonic[i]![1], 14);
});

test("the curve is the largest, over all starts below, of the smallest mean to any end above", () => {
  // The max-min formula of Barlow and others (1972), theorem 1.4.
  fc.assert(
    fc.property(columns, ({ x, y, weights }) => {
      const { knots } = isotonicRegression(x, y, { weights });
      const distinct = [...new Set(x)].sort((a, b) => a - b);
      const meanOf = (low: number, high: number) => {
        const inside = x.map((at, i) => (low <= at && at <= high ? weights[i]! : 0));
        const sum = inside.reduce((total, weight, i) => total + weight * y[i]!, 0);
        return sum / inside.reduce((total, weight) => total + weight, 0);
      };
      for (const at of distinct) {
        const [below, above] = [distinct.filter((low) => low <= at), distinct.filter((high) => high >= at)];
        const expected = Math.max(...below.map((low) => Math.min(...above.map((high) => meanOf(low, high)))));
        expect(predictIsotonic(knots!, at)).toBeCloseTo(expected, 10);
      }
    }),
  );
});

test("the curve never falls, its knots rise, and a weight of 2 is the same pair twice", () => {
  fc.assert(
    fc.property(columns, ({ x, y, weights }) => {
      const { knots } = isotonicRegression(x, y, { weights });
      for (const [i, [at, level]] of knots!.entries()) {
        if (i === 0) continue;
        expect(at).toBeGreaterThan(knots![i - 1]![0]);
        expect(level).toBeGreaterThanOrEqual(knots![i - 1]![1]);
      }
      const twice = (values: readonly number[]) =>
        values.flatMap((one, i) => new Array(weights[i]!).fill(one));
      expect(isotonicRegression(twice(x), twice(y)).knots).toEqual(knots);
    }),
  );
});

test("a curve that falls all the way is its mean, and one that rises itself", () => {
  expect(isotonicRegression([1, 2, 3], [9, 6, 3]).knots).toEqual([
    [1, 6],
    [3, 6],
  ]);
  expect(isotonicRegression([3, 1, 2], [9, 3, 6]).knots).toEqual([
    [1, 3],
    [2, 6],
    [3, 9],
  ]);
});

test("what is not finite is dropped, and no pair gives no curve", () => {
  expect(isotonicRegression([1, Number.NaN], [4, 5])).toEqual({
    n: 1,
    dropped: 1,
    knots: [[1, 4]],
    reason: null,
  });
  expect(isotonicRegression([Number.NaN], [5])).toEqual({ n: 0, dropped: 1, knots: null, reason: "too_few" });
});
