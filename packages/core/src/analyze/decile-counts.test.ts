import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyMoments } from "../stats/moment-sums.ts";
import { populationStabilityIndex } from "../stats/population-stability-index.ts";
import { randomSource } from "../stats/random-source.ts";
import type { Day } from "./collect-days.ts";
import { decileCounts } from "./decile-counts.ts";

/** A day of which so many scores fell into each bin. */
const dayOf = (counts: Readonly<Record<number, number>>): Day => ({
  day: 0,
  sums: emptyMoments(),
  scores: new Map(Object.entries(counts).map(([bin, count]) => [Number(bin), count])),
});
const evenly = (bins: number, each: number): Readonly<Record<number, number>> =>
  Object.fromEntries(Array.from({ length: bins }, (_, bin) => [bin, each]));

test("scores that are spread out make ten tenths", () => {
  const [expected, actual] = decileCounts([dayOf(evenly(100, 2))], [dayOf({ 0: 1, 9: 1, 10: 4, 99: 3 })]);
  expect(expected).toEqual(new Array(10).fill(20));
  expect(actual).toEqual([2, 4, 0, 0, 0, 0, 0, 0, 0, 3]);
});

test("a score that many share is one part, however many tenths it fills", () => {
  expect(decileCounts([dayOf({ 0: 10, 1: 80, 2: 10 })], [dayOf({ 1: 1 })])).toEqual([
    [10, 80, 10],
    [0, 1, 0],
  ]);
});

test("beside a score that many share, the others still make tenths", () => {
  const bins = { ...evenly(40, 1), 40: 60 };
  const [atTheTop] = decileCounts([dayOf(bins)], [dayOf({ 40: 1 })]);
  expect(atTheTop).toEqual([10, 10, 10, 10, 60]);
  const [atTheBottom] = decileCounts([dayOf({ ...bins, [-1]: 60, 40: 0 })], [dayOf({ 40: 1 })]);
  expect(atTheBottom).toEqual([60, 10, 10, 10, 10]);
  const [within] = decileCounts([dayOf({ ...evenly(40, 1), 19.5: 60 })], [dayOf({ 40: 1 })]);
  expect(within).toEqual([10, 10, 60, 10, 10]);
});

test("where nothing moved, the index has a p-value of 0.05 or less about once in twenty, ties or not", () => {
  const random = randomSource(11);
  const drawn = (shared: number): Day => {
    const counts: Record<number, number> = {};
    for (let at = 0; at < 500; at++) {
      const bin = random() < shared ? 150 : Math.floor(200 * random());
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return dayOf(counts);
  };
  const worlds = 1_000;
  for (const shared of [0, 0.3, 0.6, 0.9]) {
    let found = 0;
    for (let world = 0; world < worlds; world++) {
      const [expected, actual] = decileCounts([drawn(shared)], [drawn(shared)]);
      if (populationStabilityIndex(expected, actual).p! <= 0.05) found++;
    }
    expect(found / worlds).toBeGreaterThan(0.03);
    expect(found / worlds).toBeLessThan(0.08);
  }
});

test("what lies beyond all that was learned from falls into the outer parts", () => {
  const [expected, actual] = decileCounts([dayOf(evenly(20, 1))], [dayOf({ [-1]: 5, 200: 7 })]);
  expect(expected).toEqual(new Array(10).fill(2));
  expect(actual).toEqual([5, 0, 0, 0, 0, 0, 0, 0, 0, 7]);
});

test("no score is lost or counted twice; there are at most ten parts, none of less than half a tenth", () => {
  const days = fc.array(
    fc.dictionary(fc.integer({ min: -1, max: 200 }).map(String), fc.integer({ min: 1, max: 30 }), {
      minKeys: 1,
      maxKeys: 40,
    }),
    { minLength: 1, maxLength: 3 },
  );
  const total = (given: readonly Readonly<Record<string, number>>[]): number =>
    given.flatMap((day) => Object.values(day)).reduce((sum, count) => sum + count, 0);
  const sum = (counts: readonly number[]): number => counts.reduce((whole, count) => whole + count, 0);
  fc.assert(
    fc.property(days, days, (reference, current) => {
      const [expected, actual] = decileCounts(reference.map(dayOf), current.map(dayOf));
      expect([sum(expected), sum(actual)]).toEqual([total(reference), total(current)]);
      expect(expected.length).toBe(actual.length);
      expect(expected.length).toBeLessThanOrEqual(10);
      expect(Math.min(...expected)).toBeGreaterThanOrEqual(sum(expected) / 20);
    }),
  );
});
