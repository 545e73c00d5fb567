import fc from "fast-check";
import { expect, test } from "vitest";
import { calibratedMean } from "./calibrated-mean.ts";
import { hajekMean } from "./hajek-mean.ts";
import type { WeightedMean } from "./linearised-mean.ts";
import { addValue, emptyMoments } from "./moment-sums.ts";
import { rake } from "./rake.ts";
import { weightedMeanOfMoments } from "./weighted-mean-of-moments.ts";

const momentsOf = (values: readonly number[]) => {
  const sums = emptyMoments();
  for (const value of values) addValue(sums, value);
  return sums;
};

const expectSame = (answer: WeightedMean, expected: WeightedMean): void => {
  expect(answer).toMatchObject({ n: expected.n, reason: expected.reason });
  const numbers = ({ mean, standardError, effectiveSize, ci }: WeightedMean) => [
    mean,
    standardError,
    effectiveSize,
    ...(ci ?? []),
  ];
  const found = numbers(answer);
  numbers(expected).forEach((number, i) => {
    if (number === null) expect(found[i]).toBeNull();
    else expect(Math.abs(found[i]! - number)).toBeLessThan(1e-8 * Math.max(1, Math.abs(number)));
  });
};

/** Cells of two margins, three by two, each with some ratings. */
const table = fc
  .array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }), {
    minLength: 6,
    maxLength: 6,
  })
  .map((cells) => ({
    cells,
    margins: [
      [0, 0, 1, 1, 2, 2],
      [0, 1, 0, 1, 0, 1],
    ],
  }));

test("it is the Hájek mean of the values that the sums were made of", () => {
  const weights = fc.array(fc.double({ min: 1, max: 3, noNaN: true }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(table, weights, ({ cells }, given) => {
      const rows = cells.flatMap((values, cell) => values.map((value) => ({ value, weight: given[cell]! })));
      expectSame(
        weightedMeanOfMoments(cells.map(momentsOf), given),
        hajekMean(
          rows.map(({ value }) => value),
          rows.map(({ weight }) => weight),
        ),
      );
    }),
  );
});

test("with margins it is the calibrated mean of raked rows", () => {
  fc.assert(
    fc.property(table, ({ cells, margins }) => {
      const populations = [
        [20, 30, 50],
        [60, 40],
      ];
      const codesOfRows = margins.map((codes) =>
        cells.flatMap((values, cell) => values.map(() => codes[cell]!)),
      );
      const byRow = rake(codesOfRows.map((code, at) => ({ code, population: populations[at]! })));
      const byCell = rake(
        margins.map((code, at) => ({ code, population: populations[at]! })),
        { weights: cells.map((values) => values.length) },
      );
      if (!byRow.weights || !byCell.weights) throw new Error("unreachable");
      expectSame(
        weightedMeanOfMoments(
          cells.map(momentsOf),
          byCell.weights.map((weight, cell) => weight / cells[cell]!.length),
          { margins },
        ),
        calibratedMean(cells.flat(), byRow),
      );
    }),
  );
});

test("without values there is no mean, and without spread no error", () => {
  expect(weightedMeanOfMoments([], [])).toMatchObject({ n: 0, mean: null, reason: "too_few" });
  expect(weightedMeanOfMoments([momentsOf([3]), momentsOf([4])], [1, 0])).toMatchObject({
    n: 1,
    mean: 3,
    standardError: null,
    reason: "too_few",
  });
  expect(weightedMeanOfMoments([momentsOf([3, 3]), momentsOf([3])], [1, 2])).toMatchObject({
    n: 3,
    mean: 3,
    ci: null,
    reason: "constant",
  });
});

test("values shifted by a million keep their digits", () => {
  const cells = [
    [1, 2, 4],
    [3, 5],
  ];
  const near = weightedMeanOfMoments(cells.map(momentsOf), [1, 2]);
  const far = weightedMeanOfMoments(
    cells.map((values) => momentsOf(values.map((value) => value + 1e6))),
    [1, 2],
  );
  expect(far.mean! - 1e6).toBeCloseTo(near.mean!, 9);
  expect(far.standardError! / near.standardError!).toBeCloseTo(1, 9);
});

test("columns that differ in length are refused", () => {
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => weightedMeanOfMoments([momentsOf([1])], [])).toThrow(refused);
  expect(() => weightedMeanOfMoments([momentsOf([1])], [1], { margins: [[0, 1]] })).toThrow(refused);
});
