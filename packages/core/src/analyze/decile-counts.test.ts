import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyMoments } from "../stats/moment-sums.ts";
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

test("what lies beyond all that was learned from falls into the outer parts", () => {
  const [expected, actual] = decileCounts([dayOf(evenly(20, 1))], [dayOf({ [-1]: 5, 200: 7 })]);
  expect(expected).toEqual(new Array(10).fill(2));
  expect(actual).toEqual([5, 0, 0, 0, 0, 0, 0, 0, 0, 7]);
});

test("no score is lost or counted twice, and there are at most ten parts", () => {
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
    }),
  );
});
