import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { normalPoints } from "./fixtures/special-functions.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";

test.each(normalPoints.filter(([, p]) => p >= 1e-300))("the tail beyond %d is mpmath's, to 1e-10", (z, p) => {
  expect(relativeError(normalUpperTail(z), p)).toBeLessThan(1e-10);
  expect(normalUpperTail(-z)).toBeCloseTo(1 - p, 15);
});

test("series and continued fraction meet where one takes over from the other", () => {
  expect(relativeError(normalUpperTail(2 + 1e-15), normalUpperTail(2))).toBeLessThan(1e-13);
});

test("nothing lies beyond infinity, everything beyond minus infinity", () => {
  expect(normalUpperTail(Number.POSITIVE_INFINITY)).toBe(0);
  expect(normalUpperTail(Number.NEGATIVE_INFINITY)).toBe(1);
  expect(normalUpperTail(Number.NaN)).toBeNaN();
});
