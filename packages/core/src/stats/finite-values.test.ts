import { expect, test } from "vitest";
import { finiteValues } from "./finite-values.ts";

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "%d is dropped and counted, from any kind of column",
  (odd) => {
    const expected = { values: Float64Array.of(1, 2), dropped: 1, nearMean: 1.5 };
    expect(finiteValues([1, odd, 2])).toEqual(expected);
    expect(finiteValues(Float64Array.of(1, odd, 2))).toEqual(expected);
  },
);

test("what is no number at all is dropped too, not taken for 0", () => {
  const holes = JSON.parse('[1, null, "2", true, 2]') as number[];
  expect(finiteValues(holes)).toEqual({ values: Float64Array.of(1, 2), dropped: 3, nearMean: 1.5 });
});
