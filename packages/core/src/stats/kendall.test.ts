import fc from "fast-check";
import { expect, test } from "vitest";
import { continuous, ratings } from "./fixtures/correlations.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { kendall } from "./kendall.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";

const value = fc.integer({ min: -6, max: 6 });
const columns = fc
  .array(fc.tuple(value, value), { minLength: 5, maxLength: 60 })
  .map((pairs) => ({ x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) }))
  .filter(({ x, y }) => new Set(x).size > 1 && new Set(y).size > 1);

test.each([
  ["continuous columns", continuous],
  ["ratings with ties", ratings],
])("tau-b, p and the interval of %s are SciPy's", (_, { x, y, kendall: expected }) => {
  for (const answer of [kendall(x, y), kendall(Float64Array.from(x), Float64Array.from(y))]) {
    expect(relativeError(answer.r, expected.r)).toBeLessThan(1e-13);
    expect(relativeError(answer.p, expected.p)).toBeLessThan(1e-11);
    expect(relativeError(answer.ci![0], expected.ci[0])).toBeLessThan(1e-11);
    expect(relativeError(answer.ci![1], expected.ci[1])).toBeLessThan(1e-11);
    expect(answer).toMatchObject({ n: x.length, dropped: 0, reason: null });
  }
});

test("tau-b is what comparing every pair with every other gives", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      let [score, untiedX, untiedY] = [0, 0, 0];
      for (const [i, first] of x.entries())
        for (let j = 0; j < i; j++) {
          const [signX, signY] = [Math.sign(first - x[j]!), Math.sign(y[i]! - y[j]!)];
          score += signX * signY;
          untiedX += signX ** 2;
          untiedY += signY ** 2;
        }
      expect(kendall(x, y).r).toBe(score / Math.sqrt(untiedX * untiedY));
    }),
  );
});

test("the variance behind p is the textbook's", () => {
  // Kendall, "Rank Correlation Methods" (1970), chapter 4.
  const sizes = (values: readonly number[]) =>
    [...Map.groupBy(values, (value) => value).values()].map(({ length }) => length);
  const over = (values: readonly number[], term: (t: number) => number) =>
    sizes(values).reduce((sum, t) => sum + term(t), 0);
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      const n = x.length;
      const twos = (t: number) => t * (t - 1);
      const spread = (t: number) => twos(t) * (2 * t + 5);
      const triples = (t: number) => twos(t) * (t - 2);
      const variance =
        (spread(n) - over(x, spread) - over(y, spread)) / 18 +
        (over(x, twos) * over(y, twos)) / (2 * twos(n)) +
        (over(x, triples) * over(y, triples)) / (9 * triples(n));
      const answer = kendall(x, y);
      const score = (answer.r! * Math.sqrt((twos(n) - over(x, twos)) * (twos(n) - over(y, twos)))) / 2;
      expect(answer.p).toBeCloseTo(2 * normalUpperTail(Math.abs(score) / Math.sqrt(variance)), 12);
    }),
  );
});

test("the columns may change places, and the pairs their order", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      expect(kendall(y, x)).toEqual(kendall(x, y));
      expect(kendall(x.toReversed(), y.toReversed())).toEqual(kendall(x, y));
    }),
  );
});

test("a rising transformation of a column changes nothing, a falling one the sign", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      const answer = kendall(x, y);
      const cubed = x.map((value) => value ** 3 * 1e9 - 1e15);
      expect(kendall(cubed, y.map(Math.exp))).toEqual(answer);
      const falling = kendall(
        x.map((value) => -value),
        y,
      );
      expect(falling.r! + answer.r!).toBe(0);
      expect(falling.p).toBe(answer.p);
    }),
  );
});

test("r lies in its interval, its interval in [-1, 1] and p in [0, 1]", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      const { r, p, ci } = kendall(x, y);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(ci![0]).toBeGreaterThanOrEqual(-1);
      expect(ci![0]).toBeLessThanOrEqual(r! + 1e-15);
      expect(ci![1]).toBeGreaterThanOrEqual(r! - 1e-15);
      expect(ci![1]).toBeLessThanOrEqual(1);
    }),
  );
});

test("the same order gives 1, the opposite -1", () => {
  const x = Float64Array.from({ length: 1001 }, (_, i) => i);
  expect(kendall(x, x)).toMatchObject({ r: 1, ci: [1, 1] });
  expect(kendall(x, x.toReversed())).toMatchObject({ r: -1, ci: [-1, -1] });
});

test("a quarter of a million pairs lose no digit", () => {
  // y = i * 77773 mod 2^18; scipy.stats.kendalltau(x, y, method="asymptotic"), SciPy 1.10.1.
  const n = 2 ** 18;
  const x = Float64Array.from({ length: n }, (_, i) => i);
  const y = x.map((i) => (i * 77773) % n);
  const { r, p } = kendall(x, y);
  expect(relativeError(r, -0.0003466440083960616)).toBeLessThan(1e-14);
  expect(relativeError(p, 0.7900691484407474)).toBeLessThan(1e-10);
});

test("nearly all tied, p keeps its digits", () => {
  // One pair of 100,000 stands out in each column, where z is r sqrt(n - 1): p by mpmath, as SciPy overflows.
  const n = 100_000;
  const column = new Float64Array(n);
  column[17] = 1;
  expect(kendall(column, column)).toMatchObject({ r: 1, p: 0 });
  const apart = new Float64Array(n);
  apart[18] = 1;
  const other = kendall(column, apart);
  expect(relativeError(other.r, -1 / (n - 1))).toBeLessThan(1e-12);
  expect(relativeError(other.p, 0.9974768590675003)).toBeLessThan(1e-12);
});

test("too few pairs, a constant column, unequal lengths and a wrong confidence are told apart", () => {
  expect(kendall([1], [2])).toEqual({ n: 1, dropped: 0, r: null, p: null, ci: null, reason: "too_few" });
  expect(kendall([1, 2, Number.NaN], [1, 2, 3])).toEqual({
    n: 2,
    dropped: 1,
    r: 1,
    p: null,
    ci: null,
    reason: "too_few",
  });
  const four = kendall([1, 2, 3, 4], [1, 2, 4, 3]);
  expect(four).toMatchObject({ n: 4, ci: null, reason: "too_few" });
  expect(four.p).toBeCloseTo(0.17423138824802498, 14);
  expect(kendall([1, 2, 3, 4], [5, 5, 5, 5])).toMatchObject({
    r: null,
    p: null,
    ci: null,
    reason: "constant",
  });
  const refusal = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => kendall([1, 2, 3], [1, 2])).toThrow(refusal);
  expect(() => kendall([1, 2, 3], [1, 2, 3], { confidence: 1 })).toThrow(refusal);
});
