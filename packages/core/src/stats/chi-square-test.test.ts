import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquareTest } from "./chi-square-test.ts";
import { relativeError } from "./fixtures/relative-error.ts";

// scipy.stats.chi2_contingency(table, correction=False), SciPy 1.10.1; V by its formula.
test.each([
  [
    [
      [10, 20, 30],
      [6, 9, 17],
    ],
    0.27157465150403504,
    2,
    0.873028283380073,
    0.05433137570422292,
  ],
  [
    [
      [120, 90, 40, 10],
      [80, 110, 60, 30],
      [33, 44, 55, 66],
    ],
    123.23411110619443,
    6,
    3.408150937962799e-24,
    0.2889497277968932,
  ],
  [
    [
      [5, 1],
      [2, 8],
    ],
    6.112169312169312,
    1,
    0.013425424881491248,
    0.6180700462007377,
  ],
] as const)("the table %j is tested as SciPy does", (table, statistic, df, p, cramersV) => {
  const actual = chiSquareTest(table);
  expect(actual).toMatchObject({ n: table.flat().reduce((sum, count) => sum + count, 0), df, reason: null });
  expect(relativeError(actual.statistic, statistic)).toBeLessThan(1e-12);
  expect(relativeError(actual.p, p)).toBeLessThan(1e-12);
  expect(relativeError(actual.cramersV, cramersV)).toBeLessThan(1e-12);
});

const row = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 3, maxLength: 3 });
const tables = fc.array(row, { minLength: 2, maxLength: 5 });

test("the order of rows and columns makes no difference, nor does a row of zeros", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const { statistic, df, p, cramersV } = chiSquareTest(table);
      for (const same of [
        table.toReversed(),
        table.map((counts) => counts.toReversed()),
        [...table, [0, 0, 0]],
      ]) {
        const other = chiSquareTest(same);
        expect(other.df).toBe(df);
        expect(other.statistic).toBeCloseTo(statistic!, 9);
        expect(other.p).toBeCloseTo(p!, 9);
        expect(other.cramersV).toBeCloseTo(cramersV!, 9);
      }
    }),
  );
});

test("ten times the counts are ten times the statistic, and no stronger a tie", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const once = chiSquareTest(table);
      const tenfold = chiSquareTest(table.map((counts) => counts.map((count) => 10 * count)));
      expect(tenfold.statistic).toBeCloseTo(10 * once.statistic!, 8);
      expect(tenfold.cramersV).toBeCloseTo(once.cramersV!, 9);
    }),
  );
});

test("rows that determine the columns have V 1, and rows alike have p 1", () => {
  expect(
    chiSquareTest([
      [7, 0, 0],
      [0, 3, 0],
      [0, 0, 5],
    ]).cramersV,
  ).toBeCloseTo(1, 14);
  expect(
    chiSquareTest([
      [2, 4],
      [1, 2],
    ]),
  ).toMatchObject({ statistic: 0, p: 1, cramersV: 0 });
});

test("a table that cannot show dependence says why", () => {
  const none = { statistic: null, df: null, p: null, cramersV: null };
  expect(chiSquareTest([])).toEqual({ ...none, n: 0, reason: "too_few" });
  expect(
    chiSquareTest([
      [0, 0],
      [0, 0],
    ]),
  ).toEqual({ ...none, n: 0, reason: "too_few" });
  expect(chiSquareTest([[3, 4]])).toEqual({ ...none, n: 7, reason: "constant" });
  expect(
    chiSquareTest([
      [3, 0],
      [4, 0],
    ]),
  ).toEqual({ ...none, n: 7, reason: "constant" });
});

test("what is no table of counts is refused", () => {
  for (const table of [
    [[1, 2], [3]],
    [
      [1, -2],
      [3, 4],
    ],
    [
      [1, Number.NaN],
      [3, 4],
    ],
    [
      [1, Number.POSITIVE_INFINITY],
      [3, 4],
    ],
  ])
    expect(() => chiSquareTest(table)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
