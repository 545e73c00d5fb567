import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { betaPoints } from "./fixtures/special-functions.ts";
import { regularizedIncompleteBeta } from "./regularized-incomplete-beta.ts";

test.each(betaPoints)("x = %d with a = %d and b = %d has mpmath's value, to 1e-10", (x, a, b, value) => {
  const actual = regularizedIncompleteBeta(x, a, b);
  if (value < 1e-300) expect(actual).toBeLessThan(1e-300);
  else expect(relativeError(actual, value)).toBeLessThan(1e-10);
});

test("a complement that is known keeps what 1 - x has lost", () => {
  // 1 - I_(1e-20)(1/2, 1/2) = 1 - (2 / π) arcsin(1e-10)
  expect(1 - regularizedIncompleteBeta(1, 0.5, 0.5, 1e-20)).toBeCloseTo((2 / Math.PI) * 1e-10, 15);
  expect(regularizedIncompleteBeta(1, 0.5, 0.5)).toBe(1);
});

test("outside its domain it has no value, and at the ends it is 0 and 1", () => {
  for (const [x, a, b] of [
    [-0.1, 1, 1],
    [1.1, 1, 1],
    [0.5, 0, 1],
    [0.5, 1, -1],
    [Number.NaN, 1, 1],
  ] as const)
    expect(regularizedIncompleteBeta(x, a, b)).toBeNaN();
  expect(regularizedIncompleteBeta(0, 2, 3)).toBe(0);
  expect(regularizedIncompleteBeta(1, 2, 3)).toBe(1);
});

test("the lower tail of one side is the upper tail of the other", () => {
  const shape = fc.double({ min: 0.01, max: 1e4, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), shape, shape, (x, a, b) => {
      const lower = regularizedIncompleteBeta(x, a, b);
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(lower).toBeLessThanOrEqual(1);
      expect(lower + regularizedIncompleteBeta(1 - x, b, a, x)).toBeCloseTo(1, 10);
    }),
  );
});
