import fc from "fast-check";
import { sampleRankCorrelation } from "simple-statistics";
import { expect, test } from "vitest";
import { continuous, ratings } from "./fixtures/correlations.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { unieval } from "./fixtures/unieval.ts";
import { spearman } from "./spearman.ts";

const value = fc.integer({ min: -20, max: 20 });
const columns = fc
  .array(fc.tuple(value, value), { minLength: 4, maxLength: 60 })
  .map((pairs) => ({ x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) }))
  .filter(({ x, y }) => new Set(x).size > 1 && new Set(y).size > 1);

test.each([
  ["continuous columns", continuous],
  ["ratings with ties", ratings],
])("r, p and the interval of %s are SciPy's", (_, { x, y, spearman: expected }) => {
  for (const answer of [spearman(x, y), spearman(Float64Array.from(x), Float64Array.from(y))]) {
    expect(relativeError(answer.r, expected.r)).toBeLessThan(1e-13);
    expect(relativeError(answer.p, expected.p)).toBeLessThan(1e-11);
    expect(relativeError(answer.ci![0], expected.ci[0])).toBeLessThan(1e-11);
    expect(relativeError(answer.ci![1], expected.ci[1])).toBeLessThan(1e-11);
    expect(answer).toMatchObject({ n: x.length, dropped: 0, reason: null });
  }
});

test.skipIf(unieval.length === 0)(
  "published correlations of human ratings and an evaluator come out again",
  () => {
    for (const { human, judge, n, published, scipy } of unieval) {
      const { r, p, ...counts } = spearman(judge, human);
      expect(counts).toMatchObject({ n, dropped: 0, reason: null });
      expect(r).toBeCloseTo(published.spearman, 6);
      expect(relativeError(r, scipy.spearman[0])).toBeLessThan(1e-12);
      expect(relativeError(p, scipy.spearman[1])).toBeLessThan(1e-9);
    }
  },
);

test("simple-statistics computes the same r", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      expect(spearman(x, y).r).toBeCloseTo(sampleRankCorrelation(x, y), 12);
    }),
  );
});

test("the columns may change places, and the pairs their order", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      expect(spearman(y, x)).toEqual(spearman(x, y));
      expect(spearman(x.toReversed(), y.toReversed())).toEqual(spearman(x, y));
    }),
  );
});

test("a rising transformation of a column changes nothing, a falling one the sign", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      const answer = spearman(x, y);
      expect(
        spearman(
          x.map((value) => value ** 3 * 1e9 - 1e15),
          y.map(Math.exp),
        ),
      ).toEqual(answer);
      const falling = x.map((value) => -value);
      expect(spearman(falling, y).r! + answer.r!).toBe(0);
    }),
  );
});

test("r lies in its interval, its interval in [-1, 1] and p in [0, 1]", () => {
  fc.assert(
    fc.property(columns, ({ x, y }) => {
      const { r, p, ci } = spearman(x, y);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(ci![0]).toBeGreaterThanOrEqual(-1);
      expect(ci![0]).toBeLessThanOrEqual(r!);
      expect(ci![1]).toBeGreaterThanOrEqual(r!);
      expect(ci![1]).toBeLessThanOrEqual(1);
    }),
  );
});

test("a quarter of a million ranks lose no digit", () => {
  // Any permutation i -> i * 77773 mod n of n = 2^18 ranks; r exactly, in integers.
  const n = 2 ** 18;
  const x = Float64Array.from({ length: n }, (_, i) => i);
  const y = x.map((i) => (i * 77773) % n);
  let cross = 0n;
  for (let i = 0; i < n; i++) cross += BigInt(2 * i + 1 - n) * BigInt(2 * y[i]! + 1 - n);
  const squares = (BigInt(n) * (BigInt(n) ** 2n - 1n)) / 3n;
  const exact = Number((cross * 10n ** 25n) / squares) / 1e25;
  expect(relativeError(spearman(x, y).r, exact)).toBeLessThan(1e-15);
});

test("a constant column, too few pairs and unequal lengths are told apart", () => {
  expect(spearman([1, 2, 3, 4], [5, 5, 5, 5])).toMatchObject({
    r: null,
    p: null,
    ci: null,
    reason: "constant",
  });
  expect(spearman([1, Number.NaN], [1, 2])).toMatchObject({ n: 1, dropped: 1, r: null, reason: "too_few" });
  expect(() => spearman([1, 2, 3], [1, 2])).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
