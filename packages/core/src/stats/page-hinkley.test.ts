import fc from "fast-check";
import { expect, test } from "vitest";
import { normalQuantile } from "./normal-quantile.ts";
import { pageHinkley } from "./page-hinkley.ts";
import { randomSource } from "./random-source.ts";

const series = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 60 });
const options = { delta: 1, threshold: 15 };

test("the sum of a worked series is that of the formula, and dates the change", () => {
  // means so far 4, 4, 4, 4, 3.6, 3.333..., 3.142...; the sums down at the end 1.4, 2.533..., 3.476...
  const { alarmAt, changeAt, direction, statistic } = pageHinkley([4, 4, 4, 4, 2, 2, 2], {
    delta: 0.2,
    threshold: 3,
  });
  expect({ alarmAt, changeAt, direction }).toEqual({ alarmAt: 6, changeAt: 4, direction: "down" });
  expect(statistic).toBeCloseTo(1.6 + 4 / 3 + 8 / 7 - 3 * 0.2, 14);
});

test("the largest sum is the largest rise of the cumulative sum above its minimum, on either side", () => {
  fc.assert(
    fc.property(series, (series) => {
      const { statistic } = pageHinkley(series, { delta: 1, threshold: 1e9 });
      const rises = [1, -1].map((sign) => {
        const cumulative = [0];
        series.forEach((value, i) => {
          const mean = series.slice(0, i + 1).reduce((sum, x) => sum + x, 0) / (i + 1);
          cumulative.push(cumulative.at(-1)! + sign * (value - mean) - 1);
        });
        return Math.max(...cumulative.map((sum, i) => sum - Math.min(...cumulative.slice(0, i + 1))));
      });
      expect(statistic).toBeCloseTo(Math.max(...rises), 9);
    }),
  );
});

test("a mirrored series drifts the other way at the same time, and a shift of it changes nothing", () => {
  fc.assert(
    fc.property(series, (series) => {
      const there = pageHinkley(series, options);
      const mirrored = pageHinkley(
        series.map((value) => -value),
        options,
      );
      const other = { up: "down", down: "up" } as const;
      expect(mirrored).toEqual({ ...there, direction: there.direction && other[there.direction] });
      const shifted = pageHinkley(
        series.map((value) => value + 1000.5),
        { ...options, threshold: 15.0001 },
      );
      const plain = pageHinkley(series, { ...options, threshold: 15.0001 });
      expect([shifted.alarmAt, shifted.changeAt]).toEqual([plain.alarmAt, plain.changeAt]);
    }),
  );
});

test("missing points are skipped, and the others keep their places", () => {
  const withGaps = [4, null, 4, 4, Number.NaN, 4, 2, null, 2, 2];
  const drift = pageHinkley(withGaps, { delta: 0.2, threshold: 3 });
  expect(drift).toMatchObject({ n: 7, alarmAt: 9, changeAt: 6, direction: "down" });
});

test("a shift is found, and dated within three days four times in five; where there is none, alarms are rare", () => {
  const random = randomSource(21);
  const trials = 300;
  let early = 0;
  let found = 0;
  let dated = 0;
  for (let trial = 0; trial < trials; trial++) {
    const days = Array.from(
      { length: 60 },
      (_, day) => normalQuantile(random() || 0.5) + (day < 40 ? 0 : -2),
    );
    const { alarmAt, changeAt, direction } = pageHinkley(days, { delta: 0.5, threshold: 8 });
    if (alarmAt !== null && alarmAt < 40) early++;
    else if (direction === "down") {
      found++;
      if (Math.abs(changeAt! - 40) <= 3) dated++;
    }
  }
  expect(early / trials).toBeLessThan(0.05);
  expect(found / trials).toBeGreaterThan(0.95);
  expect(dated / found).toBeGreaterThan(0.8);
});

test("fewer than two points are too few, and senseless options are refused", () => {
  expect(pageHinkley([null, 4], options)).toEqual({
    alarmAt: null,
    changeAt: null,
    direction: null,
    statistic: null,
    n: 1,
    reason: "too_few",
  });
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => pageHinkley([1, 2], { delta: -1, threshold: 1 })).toThrow(refused);
  expect(() => pageHinkley([1, 2], { delta: 1, threshold: 0 })).toThrow(refused);
});
