import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { normalQuantilePoints } from "./fixtures/special-functions.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";

test.each(normalQuantilePoints)("the quantile of %d is mpmath's, to 1e-12", (p, quantile) => {
  expect(relativeError(normalQuantile(p), quantile)).toBeLessThan(1e-12);
});

test("the tail beyond a quantile is the probability that was asked for", () => {
  fc.assert(
    fc.property(fc.double({ min: -300, max: Math.log10(0.5), noNaN: true }), (exponent) => {
      const p = 10 ** exponent;
      expect(relativeError(normalUpperTail(-normalQuantile(p)), p)).toBeLessThan(1e-11);
    }),
  );
});

test("the ends of the range have infinite quantiles, and outside it there is none", () => {
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  for (const p of [-0.1, 1.1, Number.NaN]) expect(normalQuantile(p)).toBeNaN();
});

test("even the smallest of doubles has a finite quantile", () => {
  expect(normalQuantile(Number.MIN_VALUE)).toBeLessThan(-38);
  expect(normalQuantile(Number.MIN_VALUE)).toBeGreaterThan(-39);
});
