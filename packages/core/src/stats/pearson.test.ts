import fc from "fast-check";
import { sampleCorrelation } from "simple-statistics";
import { expect, test } from "vitest";
import { continuous, ratings } from "./fixtures/correlations.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { unieval } from "./fixtures/unieval.ts";
import { pearson } from "./pearson.ts";

const value = fc.integer({ min: -1000, max: 1000 }).map((i) => i / 8);
const columns = fc
  .array(fc.tuple(value, value), { minLength: 4, maxLength: 60 })
  .map((pairs) => ({ x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) }))
  .filter(({ x, y }) => new Set(x).size > 1 && new Set(y).size > 1);

test.each([
  ["continuous columns", continuous],
  ["ratings", ratings],
])("r, p and the interval of %s are SciPy's", (_, { x, y, pearson: expected }) => {
  for (const answer of [pearson(x, y), pearson(Float64Array.from(x), Float64Array.from(y))]) {
    expect(relativeError(answer.r, expected.r)).toBeLessThan(1e-13);
    expect(relativeError(answer.p, expected.p)).toBeLessThan(1e-11);
    expect(relativeError(answer.ci![0], expected.ci[0])).toBeLessThan(1e-11);
    expect(relativeError(answer.ci![1], expected.ci[1])).toBeLessThan(1e-11);
    expect(answer).toMatchObject({ n: x.length, dropped: 0, reason: null });
  }
});

test("another confidence gives another interval", () => {
  const { ci } = pearson(continuous.x, continuous.y, { confidence: 0.9 });
  expect(relativeError(ci![0], continuous.pearsonCi90[0])).toBeLessThan(1e-11);
  expect(relativeError(ci![1], continuous.pearsonCi90[1])).toBeLessThan(1e-11);
  for (const confidence of [0, 1, -1, 95, Number.NaN])
    expect(() => pearson([1, 2], [1, 2], { confidence })).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
});

test.skipIf(unieval.length === 0)(
  "published correlations of human ratings and an evaluator come out again",
  () => {
    expect(unieval).toHaveLength(9);
    for (const { human, judge, n, published, scipy, pearsonCi } of unieval) {
      const { r, p, ci, ...counts } = pearson(judge, human);
      expect(counts).toEqual({ n, dropped: 0, reason: null });
      expect(r).toBeCloseTo(published.pearson, 6);
      expect(relativeError(r, scipy.pearson[0])).toBeLessThan(1e-12);
      expect(relativeError(p, scipy.pearson[1])).toBeLessThan(1e-9);
      expect(relativeError(ci![0], pearsonCi[0])).toBeLessThan(1e-10);
      expect(relativeError(ci![1], pearsonCi[1])).toBeLessThan(1e-10);
    }
  },
);

test("r lies in its interval, its interval in [-1, 1] and p in [0, 1]", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      const { r, p, ci } = pearson(x, y);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(ci![0]).toBeGreaterThanOrEqual(-1);
      expect(ci![0]).toBeLessThanOrEqual(r!);
      expect(ci![1]).toBeGreaterThanOrEqual(r!);
      expect(ci![1]).toBeLessThanOrEqual(1);
    }),
  );
});

test("simple-statistics computes the same r", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      expect(pearson(x, y).r).toBeCloseTo(sampleCorrelation(x, y), 12);
    }),
  );
});

test("the columns may change places, and the pairs their order", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      expect(pearson(y, x)).toEqual(pearson(x, y));
      expect(pearson(x.toReversed(), y.toReversed()).r).toBeCloseTo(pearson(x, y).r!, 13);
    }),
  );
});

test("neither shift nor scale of a column changes r, a negative scale turns its sign", () => {
  fc.assert(
    fc.property(
      columns,
      fc.constantFrom(1e6, 1e9, -1e9),
      fc.constantFrom(2, 3, 1e-40, 1e40),
      ({ x, y }, shift, scale) => {
        const { r } = pearson(x, y);
        const shifted = x.map((value) => value + shift); // eighths: exact even at 1e9
        expect(pearson(shifted, y).r).toBeCloseTo(r!, 13);
        expect(pearson(shifted, shifted).r).toBe(1);
        expect(
          pearson(
            x.map((value) => value * scale),
            y,
          ).r,
        ).toBeCloseTo(r!, 13);
        expect(
          pearson(
            x.map((value) => value * -scale),
            y,
          ).r,
        ).toBeCloseTo(-r!, 13);
      },
    ),
  );
});

test("no finite input makes NaN, however large or small", () => {
  const extreme = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(extreme, extreme), { minLength: 2, maxLength: 20 }), (pairs) => {
      const { r, reason } = pearson(
        pairs.map(([x]) => x),
        pairs.map(([, y]) => y),
      );
      if (reason === "constant") expect(r).toBeNull();
      else expect(Math.abs(r!)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

test("points on a line have r 1 or -1, p 0 and an interval of one point", () => {
  const line = [0.1, 0.2, 0.4, 0.7, 1.1];
  expect(pearson(line, line)).toEqual({ n: 5, dropped: 0, r: 1, p: 0, ci: [1, 1], reason: null });
  expect(pearson([1, 2, 3, 4], [8, 6, 4, 2])).toMatchObject({ r: -1, p: 0, ci: [-1, -1] });
});

test("pairs with a number that is not finite are dropped and counted", () => {
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  const x = [1, nan, 2, 3, infinity, 5, 4];
  const y = [2, 1, 1, 5, 3, 4, -infinity];
  const clean = pearson([1, 2, 3, 5], [2, 1, 5, 4]);
  expect(pearson(x, y)).toEqual({ ...clean, dropped: 3 });
  expect(pearson(Float64Array.from(x), y)).toEqual({ ...clean, dropped: 3 });
  expect(pearson(x, Float64Array.from(y))).toEqual({ ...clean, dropped: 3 });
});

test("a constant column has no correlation, even if its mean cannot be represented", () => {
  const tenths = Array.from({ length: 7 }, () => 0.1);
  const rising = tenths.map((_, i) => i);
  const none = { n: 7, dropped: 0, r: null, p: null, ci: null, reason: "constant" };
  expect(pearson(tenths, rising)).toEqual(none);
  expect(pearson(rising, tenths)).toEqual(none);
});

test("two pairs have no p, three no interval, and one no correlation at all", () => {
  const first = (n: number) => pearson([1, 2, 4, 3].slice(0, n), [3, 5, 4, 7].slice(0, n));
  for (const n of [0, 1])
    expect(first(n)).toEqual({ n, dropped: 0, r: null, p: null, ci: null, reason: "too_few" });
  expect(first(2)).toEqual({ n: 2, dropped: 0, r: 1, p: null, ci: null, reason: "too_few" });
  expect(first(3)).toMatchObject({
    n: 3,
    r: expect.any(Number),
    p: expect.any(Number),
    ci: null,
    reason: "too_few",
  });
  expect(first(4)).toMatchObject({ n: 4, ci: [expect.any(Number), expect.any(Number)], reason: null });
});

test("columns that differ in length are refused", () => {
  expect(() => pearson([1, 2, 3], [1, 2])).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
