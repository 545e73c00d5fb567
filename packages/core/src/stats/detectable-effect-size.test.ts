import { expect, test } from "vitest";
import { detectableEffectSize } from "./detectable-effect-size.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { studentPower } from "./student-power.ts";

// Exact: mpmath.findroot on the power, which is mpmath.quad of the noncentral t, at 25 digits. Statsmodels: 0.13.5,
// TTestIndPower().solve_power(nobs1=n, power=power, alpha=0.05), which stops within 1e-5 of the root.
test.each([
  [500, 0.8, 0.17735832231863896, 0.17735842172853922],
  [10, 0.8, 1.3249473925792308, 1.324947368318951],
  [3, 0.9, 3.589205514121023, 3.5892054067000783],
] as const)("%d values a group detect, with power %d, an effect of %d", (n, power, exact, statsmodels) => {
  expect(relativeError(detectableEffectSize(n, { power }), exact)).toBeLessThan(1e-12);
  expect(relativeError(detectableEffectSize(n, { power }), statsmodels)).toBeLessThan(1e-6);
});

test("what is detectable is detected just as often as asked", () => {
  for (const [n, power, confidence] of [
    [2, 0.8, 0.95],
    [17, 0.5, 0.9],
    [40_000, 0.95, 0.999],
  ] as const) {
    const effectSize = detectableEffectSize(n, { power, confidence })!;
    expect(studentPower(effectSize, n, { confidence })).toBeCloseTo(power, 11);
  }
});

test("one value a group detects nothing, and power without sense is refused", () => {
  expect(detectableEffectSize(1)).toBeNull();
  expect(() => detectableEffectSize(10, { power: 1 })).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
