import { expect, test } from "vitest";
import { nearMean } from "./near-mean.ts";

test("is the mean, but for rounding", () => {
  expect(nearMean(Float64Array.of(1, 2, 4, 9, 34))).toBe(10);
  expect(nearMean(Float64Array.of(7))).toBe(7);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "is not finite where %d stands anywhere",
  (odd) => {
    for (const at of [0, 1, 2])
      expect(Number.isFinite(nearMean(Float64Array.of(1, 2, 3).fill(odd, at, at + 1)))).toBe(false);
  },
);
