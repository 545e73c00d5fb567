import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { wilsonInterval } from "./wilson-interval.ts";

test("37 of 52 have the interval of statsmodels", () => {
  // statsmodels.stats.proportion.proportion_confint(37, 52, method="wilson"), 0.13.5
  const [low, high] = wilsonInterval(37, 52)!;
  expect(relativeError(low, 0.5772721196331574)).toBeLessThan(1e-13);
  expect(relativeError(high, 0.8167003958529009)).toBeLessThan(1e-13);
});

const counts = fc
  .tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
  .map(([successes, failures]) => ({ successes, n: successes + failures }));

test("the interval holds the share, and stays within 0 and 1", () => {
  fc.assert(
    fc.property(counts, fc.double({ min: 0.01, max: 0.999, noNaN: true }), ({ successes, n }, confidence) => {
      const [low, high] = wilsonInterval(successes, n, { confidence })!;
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(successes / n);
      expect(high).toBeGreaterThanOrEqual(successes / n - 1e-15);
      expect(high).toBeLessThanOrEqual(1);
    }),
  );
});

test("counting failures instead of successes mirrors it", () => {
  fc.assert(
    fc.property(counts, ({ successes, n }) => {
      const [low, high] = wilsonInterval(successes, n)!;
      const mirrored = wilsonInterval(n - successes, n)!;
      expect(mirrored[0]).toBeCloseTo(1 - high, 12);
      expect(mirrored[1]).toBeCloseTo(1 - low, 12);
    }),
  );
});

test("none among n begins at exactly 0, all at n end at exactly 1, and neither is a single point", () => {
  // By the formula, 0 of n ends at z^2 / (n + z^2).
  expect(wilsonInterval(0, 10)).toEqual([0, expect.closeTo(3.841458820694124 / 13.841458820694124, 14)]);
  expect(wilsonInterval(10, 10)).toEqual([expect.closeTo(10 / 13.841458820694124, 14), 1]);
});

test("nothing observed has no interval, and what cannot be observed is refused", () => {
  expect(wilsonInterval(0, 0)).toBeNull();
  for (const [successes, n] of [
    [-1, 5],
    [6, 5],
    [Number.NaN, 5],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
  ] as const)
    expect(() => wilsonInterval(successes, n)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
  expect(() => wilsonInterval(1, 2, { confidence: 1 })).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
