import { expect, test } from "vitest";
import { valueCounts } from "./value-counts.ts";

test("each distinct value of either group is counted in both, in rising order", () => {
  const { a, b, dropped } = valueCounts([5, 4, 5, Number.NaN, 5], [1, -0, 4, 0, 4]);
  expect(Array.from(a)).toEqual([0, 0, 1, 3]);
  expect(Array.from(b)).toEqual([2, 1, 2, 0]);
  expect(dropped).toBe(1);
  expect(valueCounts([], [])).toEqual({ a: new Float64Array(), b: new Float64Array(), dropped: 0 });
});
