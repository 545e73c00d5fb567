import { expect, test } from "vitest";
import { finitePairs } from "./finite-pairs.ts";

test.each([
  ["x", [1, Number.NaN, 3], [4, 5, 6]],
  ["y", [1, 2, 3], [4, Number.POSITIVE_INFINITY, 6]],
  ["both", [1, Number.NaN, 3], [4, Number.NaN, 6]],
])("a pair goes as a whole when %s is not finite", (_, x, y) => {
  const expected = { x: Float64Array.of(1, 3), y: Float64Array.of(4, 6), dropped: 1, nearMeans: [2, 5] };
  expect(finitePairs(x, y)).toEqual(expected);
  expect(finitePairs(Float64Array.from(x), Float64Array.from(y))).toEqual(expected);
});
