import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { studentQuantilePoints } from "./fixtures/special-functions.ts";
import { studentQuantile } from "./student-quantile.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

test.each(studentQuantilePoints)(
  "the quantile of %d with %d degrees of freedom is mpmath's, to 1e-12",
  (p, df, quantile) => {
    expect(relativeError(studentQuantile(p, df), quantile)).toBeLessThan(1e-12);
  },
);

test("the tail beyond a quantile is the probability that was asked for", () => {
  const exponent = fc.double({ min: -250, max: Math.log10(0.5), noNaN: true });
  const df = fc.double({ min: 2, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(exponent, df, (exponent, df) => {
      const p = 10 ** exponent;
      expect(relativeError(studentTwoSidedP(studentQuantile(p, df), df) / 2, p)).toBeLessThan(1e-11);
    }),
  );
});

test("quantiles of p and 1 - p mirror each other", () => {
  for (const p of [0.5, 0.625, 0.75, 0.9375])
    expect(studentQuantile(1 - p, 7)).toBeCloseTo(-studentQuantile(p, 7), 14);
});

test("a quantile too far out for a double is infinite", () => {
  expect(studentQuantile(1e-300, 0.5)).toBe(Number.NEGATIVE_INFINITY);
});

test("the ends of the range have infinite quantiles, and outside it there is none", () => {
  expect(studentQuantile(0, 3)).toBe(Number.NEGATIVE_INFINITY);
  expect(studentQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
  expect(studentQuantile(0.5, 3)).toBe(0);
  for (const p of [-0.1, 1.1, Number.NaN]) expect(studentQuantile(p, 3)).toBeNaN();
  for (const df of [0, -1, Number.POSITIVE_INFINITY, Number.NaN]) expect(studentQuantile(0.9, df)).toBeNaN();
});
