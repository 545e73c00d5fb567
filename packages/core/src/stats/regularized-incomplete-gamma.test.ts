import fc from "fast-check";
import { expect, test } from "vitest";
import { gammaPoints } from "./fixtures/gamma-points.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { regularizedIncompleteGamma } from "./regularized-incomplete-gamma.ts";

test.each(gammaPoints)(
  "a = %d and x = %d have mpmath's values, the smaller to 1e-11",
  (a, x, lower, upper) => {
    const actual = regularizedIncompleteGamma(a, x);
    expect(relativeError(actual.lower, lower)).toBeLessThan(1e-11);
    expect(relativeError(actual.upper, upper)).toBeLessThan(1e-11);
  },
);

test("for whole a, more than x is what a Poisson process of mean x has before its a-th event", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 80, noNaN: true }), (a, x) => {
      let term = Math.exp(-x);
      let sum = term;
      for (let events = 1; events < a; events++) {
        term *= x / events;
        sum += term;
      }
      expect(regularizedIncompleteGamma(a, x).upper).toBeCloseTo(sum, 12);
    }),
  );
});

test("series and continued fraction meet where one takes over from the other", () => {
  for (const a of [0.3, 1, 9.5, 10, 1e4]) {
    const before = regularizedIncompleteGamma(a, a + 1);
    const beyond = regularizedIncompleteGamma(a, (a + 1) * (1 + 1e-15));
    expect(relativeError(before.upper, beyond.upper)).toBeLessThan(1e-11);
  }
});

test("nothing lies below 0 nor beyond infinity, and outside its domain it has no value", () => {
  expect(regularizedIncompleteGamma(2, 0)).toEqual({ lower: 0, upper: 1 });
  expect(regularizedIncompleteGamma(2, Number.POSITIVE_INFINITY)).toEqual({ lower: 1, upper: 0 });
  for (const [a, x] of [
    [0, 1],
    [-1, 1],
    [1, -1],
    [Number.NaN, 1],
    [1, Number.NaN],
    [Number.POSITIVE_INFINITY, 1],
  ] as const)
    expect(regularizedIncompleteGamma(a, x)).toEqual({ lower: Number.NaN, upper: Number.NaN });
});
