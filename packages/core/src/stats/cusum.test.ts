import fc from "fast-check";
import { expect, test } from "vitest";
import { cusum } from "./cusum.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { randomSource } from "./random-source.ts";

const series = fc
  .array(fc.integer({ min: -20, max: 20 }), { minLength: 12, maxLength: 60 })
  .filter((series) => new Set(series.slice(0, 10)).size > 1);

const normalsOf = (seed: number) => {
  const random = randomSource(seed);
  return () => normalQuantile(random() || 0.5);
};

test("alarm, date and sum of a worked series are those of the formula in SciPy", () => {
  // for i, x in enumerate(series): w = 1 / se^2; score = norm.ppf(t.cdf((x - numpy.average(before, weights=w)) /
  // sqrt(1 / w[i] + 1 / sum(w before)) / s, i - 1)), s^2 the weighted squares before / (i - 1); SciPy 1.10.1
  const values = [3, 5, 4, 6, 4, 5, 3, 6, 5, 4, 5, 7, 8, 6, 9, 8, 7, 9];
  expect(cusum(values)).toMatchObject({ alarmAt: 14, changeAt: 11, direction: "up" });
  expect(cusum(values).statistic).toBeCloseTo(5.1667227144225585, 10);
  const standardErrors = values.map((_, i) => 1 + (i % 3));
  expect(cusum(values, { standardErrors, h: 4 })).toMatchObject({
    alarmAt: 15,
    changeAt: 11,
    direction: "up",
  });
  expect(cusum(values, { standardErrors, h: 4 }).statistic).toBeCloseTo(5.059559729432044, 10);
});

test("a mirrored series drifts the other way at the same time; a shift or a scale of it changes nothing", () => {
  fc.assert(
    fc.property(series, (series) => {
      const { statistic, direction, ...there } = cusum(series);
      const mirrored = cusum(series.map((value) => -value));
      expect(mirrored).toMatchObject(there);
      expect(mirrored.direction).toBe(direction && { up: "down", down: "up" }[direction]);
      const moved = cusum(series.map((value) => 8 * value + 1e6));
      if (Math.abs(statistic! - 5) < 1e-6) return;
      expect(moved.alarmAt).toBe(there.alarmAt);
      expect(moved.statistic).toBeCloseTo(statistic!, 6);
    }),
  );
});

test("equal standard errors are none, and a missing point is no point", () => {
  fc.assert(
    fc.property(series, (series) => {
      const plain = cusum(series);
      expect(cusum(series, { standardErrors: series.map(() => 2) })).toEqual(plain);
      const doubled = series.flatMap((value, i) => (i % 2 === 0 ? [value, null] : [Number.NaN, value]));
      const shown = cusum(doubled);
      const placeOf = (at: number | null) => at && 2 * at + (at % 2);
      expect(shown).toEqual({ ...plain, alarmAt: placeOf(plain.alarmAt), changeAt: placeOf(plain.changeAt) });
    }),
  );
});

test("without change, an alarm goes off in about one series of thirty days in twenty", () => {
  const normal = normalsOf(31);
  const trials = 1000;
  let alarms = 0;
  for (let trial = 0; trial < trials; trial++)
    if (cusum(Array.from({ length: 40 }, normal)).alarmAt !== null) alarms++;
  expect(alarms / trials).toBeLessThan(0.08);
});

test("a shift of two standard deviations is found, and dated within three days four times in five", () => {
  const normal = normalsOf(32);
  const trials = 300;
  let found = 0;
  let dated = 0;
  for (let trial = 0; trial < trials; trial++) {
    const days = Array.from({ length: 45 }, (_, day) => normal() + (day < 30 ? 0 : -2));
    const { alarmAt, changeAt, direction } = cusum(days);
    if (alarmAt === null || alarmAt < 30 || direction !== "down") continue;
    found++;
    if (Math.abs(changeAt! - 30) <= 3) dated++;
  }
  expect(found / trials).toBeGreaterThan(0.93);
  expect(dated / found).toBeGreaterThan(0.8);
});

test("days of few votes raise no alarm where their standard errors are told", () => {
  const normal = normalsOf(33);
  const trials = 500;
  const standardErrors = Array.from({ length: 45 }, (_, day) => 1 / Math.sqrt(day < 15 ? 400 : 9));
  const alarms = { told: 0, untold: 0 };
  for (let trial = 0; trial < trials; trial++) {
    const days = standardErrors.map((error) => error * normal());
    if (cusum(days, { standardErrors }).alarmAt !== null) alarms.told++;
    if (cusum(days).alarmAt !== null) alarms.untold++;
  }
  expect(alarms.told / trials).toBeLessThan(0.08);
  expect(alarms.untold / trials).toBeGreaterThan(0.8);
});

test("a jump beyond any tail is an alarm with a finite sum", () => {
  const { alarmAt, statistic } = cusum([...Array.from({ length: 400 }, (_, i) => i % 2), 1e6]);
  expect(alarmAt).toBe(400);
  expect(statistic).toBeGreaterThan(30);
  expect(statistic).toBeLessThan(40);
});

test("too few points and equal ones are told, and senseless options refused", () => {
  const missing = { alarmAt: null, changeAt: null, direction: null, statistic: null };
  const rising = Array.from({ length: 10 }, (_, i) => i);
  expect(cusum(rising)).toEqual({ ...missing, n: 10, reason: "too_few" });
  const constant = Array.from({ length: 12 }, () => 0.1);
  expect(cusum(constant)).toEqual({ ...missing, n: 12, reason: "constant" });
  expect(cusum([...constant, 5])).toMatchObject({ reason: "constant" });
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => cusum(rising, { baseline: 2 })).toThrow(refused);
  expect(() => cusum(rising, { k: -1 })).toThrow(refused);
  expect(() => cusum(rising, { h: 0 })).toThrow(refused);
  expect(() => cusum(rising, { standardErrors: [1] })).toThrow(refused);
});
