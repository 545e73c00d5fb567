import fc from "fast-check";
import { expect, test } from "vitest";
import { meanDifferenceSequence } from "./mean-difference-sequence.ts";
import { plannedUpperBound } from "./planned-upper-bound.ts";
import { randomSource } from "./random-source.ts";

const group = fc.record({
  n: fc.integer({ min: 2, max: 4_000 }),
  mean: fc.double({ min: -3, max: 3, noNaN: true }),
  sd: fc.double({ min: 0.01, max: 3, noNaN: true }),
});

test("the bound of large groups up to the plan is that of O'Brien and Fleming, by a height that the whole boundary costs", () => {
  const [a, b] = [
    { n: 3e7, mean: 0, sd: 1 },
    { n: 3e7, mean: 0, sd: 1 },
  ];
  // scipy: brentq of 2 norm.sf(c) + exp(32 - 8 c) norm.cdf(c - 8) - exp(32 + 8 c) norm.cdf(-c - 8) = 0.95 * 0.05
  const height = 2.012737651495882;
  const { upper } = plannedUpperBound(a, b, { plannedFor: 6e7 });
  expect(upper! / (height * Math.sqrt(2 / 3e7) * Math.sqrt(2))).toBeCloseTo(1, 6);
  const { upper: after } = plannedUpperBound(a, b, { plannedFor: 2.5e7 });
  const time = 3 / 2.5;
  expect(after! / (((height + 4 * (time - 1)) * Math.sqrt(2 / 3e7)) / Math.sqrt(time))).toBeCloseTo(1, 6);
});

test("never says less than the sequence for the last part of alpha, and far beyond the plan says the same", () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const { upper } = plannedUpperBound(a, b);
      const { ci } = meanDifferenceSequence(a, b, { confidence: 0.995, optimizedFor: 1_800 });
      expect(upper!).toBeLessThanOrEqual(ci![1] + 1e-12);
      if (Math.min(a.n, b.n) > 2_000) expect(upper).toBeCloseTo(ci![1], 10);
    }),
  );
});

test("the bound is below 0 exactly where the p-value is below alpha, and the higher the difference the higher it is", () => {
  fc.assert(
    fc.property(group, group, fc.double({ min: 0, max: 2, noNaN: true }), (a, b, more) => {
      const bound = plannedUpperBound(a, b);
      // The rho2 of the sequence is that of alpha: its p-value tells on which side of alpha it is.
      if (Math.abs(bound.anytimeP! - 0.05) > 1e-9) expect(bound.upper! < 0).toBe(bound.anytimeP! < 0.05);
      const raised = plannedUpperBound({ ...a, mean: a.mean + more }, b);
      expect(raised.upper!).toBeGreaterThanOrEqual(bound.upper! - 1e-12);
      expect(raised.anytimeP!).toBeGreaterThanOrEqual(bound.anytimeP! - 1e-12);
    }),
  );
});

test("looked at after every pair of values, up to ten times the plan, the bound is false in at most 5 % of trials", () => {
  const random = randomSource(1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const trials = 400;
  let alarms = 0;
  for (let trial = 0; trial < trials; trial++) {
    // The sum of the differences of n pairs of values with standard deviation 1.
    let sum = 0;
    for (let n = 1; n <= 600; n++) {
      sum += normal() * Math.SQRT2;
      if (n < 30 || -sum / Math.sqrt(2 * n) < 1) continue;
      const { upper } = plannedUpperBound(
        { n, mean: sum / n, sd: 1 },
        { n, mean: 0, sd: 1 },
        { plannedFor: 60 },
      );
      if (upper! < 0) {
        alarms++;
        break;
      }
    }
  }
  expect(alarms / trials).toBeLessThanOrEqual(0.05);
  expect(alarms / trials).toBeGreaterThan(0.02);
});

test("too few values, and values without a spread, have no bound", () => {
  const two = { n: 2, mean: 1, sd: 1 };
  expect(plannedUpperBound({ n: 0, mean: null, sd: null }, two)).toMatchObject({
    difference: null,
    upper: null,
    reason: "too_few",
  });
  expect(plannedUpperBound({ ...two, sd: 0 }, { ...two, sd: 0 })).toMatchObject({
    upper: null,
    anytimeP: null,
    reason: "constant",
  });
});

test("refuses an alpha of half or more, and a plan for nothing", () => {
  const two = { n: 2, mean: 1, sd: 1 };
  for (const options of [{ alpha: 0 }, { alpha: 0.5 }, { alpha: Number.NaN }, { plannedFor: 0 }])
    expect(() => plannedUpperBound(two, two, options)).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
});
