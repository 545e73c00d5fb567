import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { sampleSizeForProportions } from "./sample-size-for-proportions.ts";

test("telling 70 % from 75 % needs what statsmodels says", () => {
  // statsmodels 0.13.5: NormalIndPower().solve_power(proportion_effectsize(0.7, 0.75), power=0.8, alpha=0.05)
  expect(relativeError(sampleSizeForProportions(0.7, 0.75), 1249.5838647379314)).toBeLessThan(1e-11);
});

// mpmath.findroot on the sum of both normal tails.
test.each([
  [0.7, 0.75, 0.8, 0.95, 1249.5838647371168],
  [0.05, 0.1, 0.9, 0.95, 567.2579344669695],
  [0.5, 0.51, 0.8, 0.9, 30907.062301201495],
] as const)(
  "telling %d from %d needs, with power %d and confidence %d, %d a group",
  (p1, p2, power, confidence, n) => {
    expect(relativeError(sampleSizeForProportions(p1, p2, { power, confidence }), n)).toBeLessThan(1e-12);
    expect(relativeError(sampleSizeForProportions(p2, p1, { power, confidence }), n)).toBeLessThan(1e-12);
    expect(relativeError(sampleSizeForProportions(1 - p1, 1 - p2, { power, confidence }), n)).toBeLessThan(
      1e-12,
    );
  },
);

test("equal shares are never told apart, and what is no share is refused", () => {
  expect(sampleSizeForProportions(0.3, 0.3)).toBeNull();
  for (const p of [-0.1, 1.1, Number.NaN])
    expect(() => sampleSizeForProportions(p, 0.5)).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
});
