import { expect, test } from "vitest";
import { detectableEffectSize } from "./detectable-effect-size.ts";
import { minimumDetectableEffect } from "./minimum-detectable-effect.ts";

const groups = { nA: 400, nB: 900, sdA: 1.2, sdB: 0.8 };

test("it is so many standard errors as confidence and power ask for", () => {
  // scipy.stats.norm.ppf(0.975) + scipy.stats.norm.ppf(0.8) = 1.959963984540054 + 0.8416212335729143
  const standardError = Math.sqrt(1.2 ** 2 / 400 + 0.8 ** 2 / 900);
  expect(minimumDetectableEffect(groups)).toBeCloseTo(2.8015852181129683 * standardError, 14);
});

test("it scales with the values, and halves with four times as many", () => {
  const effect = minimumDetectableEffect(groups)!;
  expect(minimumDetectableEffect({ ...groups, sdA: 12, sdB: 8 })).toBeCloseTo(10 * effect, 12);
  expect(minimumDetectableEffect({ ...groups, nA: 1600, nB: 3600 })).toBeCloseTo(effect / 2, 12);
});

test("on many values of spread 1 it is what the t-test detects, in the same units", () => {
  const n = 20_000;
  const effect = minimumDetectableEffect({ nA: n, nB: n, sdA: 1, sdB: 1 })!;
  expect(effect / detectableEffectSize(n)!).toBeCloseTo(1, 4);
});

test("too few values, or none that vary, detect nothing that could be named", () => {
  expect(minimumDetectableEffect({ ...groups, nA: 1 })).toBeNull();
  expect(minimumDetectableEffect({ ...groups, sdA: 0, sdB: 0 })).toBeNull();
  expect(() => minimumDetectableEffect({ ...groups, power: 0.01 })).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
