import { expect, test } from "vitest";
import { detectableEffectSize } from "./detectable-effect-size.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { sampleSizePerArm } from "./sample-size-per-arm.ts";

// Exact: mpmath.findroot on the power, which is mpmath.quad of the noncentral t, at 25 digits. Statsmodels: 0.13.5,
// TTestIndPower().solve_power(effect_size=d, power=power, alpha=1 - confidence), which stops within 1e-5 of the root.
test.each([
  [0.2, 0.8, 0.95, 393.4056950197418, 393.4056930002516],
  [0.5, 0.9, 0.99, 120.70548585532809, 120.70548584882631],
  [1.5, 0.8, 0.95, 8.060294277971911, 8.060294283892878],
] as const)(
  "an effect of %d needs, with power %d and confidence %d, %d a group",
  (d, power, confidence, exact, statsmodels) => {
    const n = sampleSizePerArm(d, { power, confidence });
    expect(relativeError(n, exact)).toBeLessThan(1e-12);
    expect(relativeError(n, statsmodels)).toBeLessThan(1e-8);
    expect(sampleSizePerArm(-d, { power, confidence })).toBe(n);
  },
);

test("with that many values a group, the effect is the one that is detectable", () => {
  for (const d of [0.05, 0.3, 2]) expect(detectableEffectSize(sampleSizePerArm(d)!)).toBeCloseTo(d, 11);
});

test("the largest effects need two a group, and none at all is never found", () => {
  expect(sampleSizePerArm(1000)).toBe(2);
  expect(sampleSizePerArm(0)).toBeNull();
  expect(sampleSizePerArm(Number.NaN)).toBeNull();
});
