import { expect, test } from "vitest";
import { groupRatings } from "./group-ratings.ts";

test("ratings are sorted by unit and value, and what cannot be compared is left out and counted", () => {
  const unit = [9, -4, 9, 7, -4, 9, 8, Number.NaN, 8];
  const value = [3, 0.5, 1, 6, 3, 1, Number.NaN, 2, 1];
  expect(groupRatings({ unit, value })).toEqual({
    codes: Uint32Array.of(0, 2, 1, 1, 2),
    starts: Uint32Array.of(0, 2, 5),
    values: Float64Array.of(0.5, 1, 3),
    dropped: { notFinite: 2, alone: 2 },
  });
});

test("units may come as an Int32Array, and there may be none", () => {
  const [unit, value] = [
    [2, 1, 2],
    [5, 5, 4],
  ];
  expect(groupRatings({ unit: Int32Array.from(unit), value })).toEqual(groupRatings({ unit, value }));
  expect(groupRatings({ unit: [], value: [] })).toMatchObject({
    codes: new Uint32Array(),
    starts: Uint32Array.of(0),
  });
});
