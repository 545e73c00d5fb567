import { expect, test } from "vitest";
import { manyRaters } from "./fixtures/many-raters.ts";
import { groupRatings } from "./group-ratings.ts";
import { weightedAlpha } from "./weighted-alpha.ts";

const levels = ["nominal", "ordinal", "interval"] as const;

test("a unit taken twice counts as two units with the same ratings, one taken never as none", () => {
  const grouped = groupRatings(manyRaters);
  const unitsOf = (copies: readonly number[]) => {
    const rows = copies.flatMap((times, place) =>
      Array.from({ length: times }, (_, copy) =>
        Array.from(grouped.codes.subarray(grouped.starts[place], grouped.starts[place + 1]), (code) => ({
          unit: 100 * copy + place,
          value: grouped.values[code]!,
        })),
      ).flat(),
    );
    return groupRatings({ unit: rows.map(({ unit }) => unit), value: rows.map(({ value }) => value) });
  };
  for (const copies of [
    [2, 1, 0, 3, 1, 0, 0, 1],
    [1, 0, 1, 1, 5, 2, 0, 4],
  ])
    for (const level of levels) {
      const written = unitsOf(copies);
      const once = new Uint32Array(written.starts.length - 1).fill(1);
      expect(weightedAlpha(grouped, level, Uint32Array.from(copies))).toBeCloseTo(
        weightedAlpha(written, level, once)!,
        13,
      );
    }
});

test("units that hold but one value give none", () => {
  const grouped = groupRatings({ unit: [1, 1, 2, 2], value: [0.1, 0.1, 0.7, 1.1] });
  for (const level of levels)
    for (const copies of [0, 1, 2, 3, 7])
      expect(weightedAlpha(grouped, level, Uint32Array.of(copies, 0))).toBeNull();
});
