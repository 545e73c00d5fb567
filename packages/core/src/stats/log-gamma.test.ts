import { expect, test } from "vitest";
import { logGamma } from "./log-gamma.ts";

test("the gamma function continues the factorials", () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n++) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 13);
    factorial *= n;
  }
});

test("halves come from the square root of pi, and large numbers do not overflow", () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
  // mpmath.loggamma(1e6)
  expect(logGamma(1e6) / 12815504.56914761).toBeCloseTo(1, 14);
  // mpmath.loggamma(1e-300)
  expect(logGamma(1e-300)).toBeCloseTo(690.7755278982137, 12);
  expect(logGamma(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

test("there is no logarithm at and below zero", () => {
  for (const x of [0, -1, -0.5, Number.NaN]) expect(logGamma(x)).toBeNaN();
});
