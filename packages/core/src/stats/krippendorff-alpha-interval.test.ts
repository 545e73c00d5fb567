import { describe, expect, test } from "vitest";
import { manyRaters } from "./fixtures/many-raters.ts";
import { krippendorffAlpha } from "./krippendorff-alpha.ts";
import { krippendorffAlphaInterval } from "./krippendorff-alpha-interval.ts";
import { randomSource } from "./random-source.ts";

const levels = ["nominal", "ordinal", "interval"] as const;

/** Units whose true values are 1 to 5, rated by three with an error of up to one step. */
const simulate = (units: number, seed: number) => {
  const random = randomSource(seed);
  const [unit, value]: [number[], number[]] = [[], []];
  for (let i = 0; i < units; i++) {
    const truth = 1 + Math.floor(5 * random());
    for (let rater = 0; rater < 3; rater++) {
      unit.push(i);
      value.push(truth + Math.floor(3 * random()) - 1);
    }
  }
  return { unit, value };
};

describe.each(levels)("at the %s level", (level) => {
  test("the interval holds alpha, wider with more confidence, narrower with more units", () => {
    const widthOf = (units: number, confidence: number) => {
      const ratings = simulate(units, 3);
      const { ci, reason } = krippendorffAlphaInterval(ratings, { level, confidence, resamples: 300 });
      const { alpha } = krippendorffAlpha(ratings, { level });
      expect(reason).toBeNull();
      expect(alpha).toBeGreaterThan(ci![0]);
      expect(alpha).toBeLessThan(ci![1]);
      return ci![1] - ci![0];
    };
    const width = widthOf(80, 0.95);
    expect(widthOf(80, 0.5)).toBeLessThan(width);
    expect(widthOf(320, 0.95)).toBeLessThan(width);
  });
});

test("nineteen in twenty intervals hold the true alpha", () => {
  // Interval level: the truth varies by 2, an error by 2 / 3, so alpha is 2 / (2 + 2 / 3) = 3 / 4.
  const worlds = 300;
  let covered = 0;
  for (let seed = 0; seed < worlds; seed++) {
    const { ci } = krippendorffAlphaInterval(simulate(60, seed), { level: "interval", resamples: 300, seed });
    if (ci![0] <= 0.75 && 0.75 <= ci![1]) covered++;
  }
  expect(covered / worlds).toBeGreaterThan(0.93);
  expect(covered / worlds).toBeLessThan(0.975);
});

test("the same seed gives the same interval, another one another, close by", () => {
  const interval = (seed?: number) => krippendorffAlphaInterval(manyRaters, { level: "ordinal", seed });
  expect(interval(5)).toEqual(interval(5));
  expect(interval(1)).toEqual(interval());
  expect(interval(6)).not.toEqual(interval(5));
  expect(interval(6).ci![1]).toBeCloseTo(interval(5).ci![1], 1);
});

test("samples of nothing but equal values are left out and counted", () => {
  const ratings = { unit: [1, 1, 2, 2, 3, 3], value: [1, 1, 1, 1, 1, 2] };
  const { resamples } = krippendorffAlphaInterval(ratings, { level: "nominal", resamples: 2000 });
  // All three draws miss the third unit in 8 of 27 samples.
  expect(resamples / 2000).toBeCloseTo(19 / 27, 1);
});

test("one unit, equal values and full agreement have no interval", () => {
  const missing = { ci: null, resamples: 0 };
  const interval = (unit: number[], value: number[]) =>
    krippendorffAlphaInterval({ unit, value }, { level: "ordinal" });
  expect(interval([], [])).toEqual({ ...missing, reason: "too_few" });
  expect(interval([1, 1, 1], [1, 1, 2])).toEqual({ ...missing, reason: "too_few" });
  expect(interval([1, 1, 2, 2], [3, 3, 3, 3])).toEqual({ ...missing, reason: "constant" });
  expect(interval([1, 1, 2, 2], [3, 3, 4, 4])).toEqual({ ...missing, reason: "no_spread" });
});

test.each([{ resamples: 0 }, { resamples: 1.5 }, { seed: 0.5 }, { confidence: 0 }])(
  "%o is refused",
  (options) => {
    expect(() => krippendorffAlphaInterval(manyRaters, { level: "ordinal", ...options })).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
  },
);
