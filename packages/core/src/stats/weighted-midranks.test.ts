import fc from "fast-check";
import { expect, test } from "vitest";
import { midranks } from "./midranks.ts";
import { weightedMidranks } from "./weighted-midranks.ts";

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 4 })), {
  maxLength: 40,
});

test("a rank is the weight below and half of the weight that is equal", () => {
  expect(Array.from(weightedMidranks([10, 20, 10, 5], [1, 2, 3, 1]))).toEqual([3, 6, 3, 0.5]);
  expect(weightedMidranks([], [])).toHaveLength(0);
});

test("a whole weight is the value repeated, and the ranks are then the midranks less one half", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const ranks = weightedMidranks(
        rows.map(([value]) => value),
        rows.map(([, weight]) => weight),
      );
      const repeated = rows.flatMap(([value, weight]) => Array.from({ length: weight }, () => value));
      const expected = midranks(repeated);
      let place = 0;
      rows.forEach(([, weight], i) => {
        expect(ranks[i]).toBe(expected[place]! - 0.5);
        place += weight;
      });
    }),
  );
});
