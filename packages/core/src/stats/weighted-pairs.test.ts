import { expect, test } from "vitest";
import { weightedPairs } from "./weighted-pairs.ts";

test("each pair has a weight, and those of weight 0 are gone without a trace", () => {
  const [x, y] = [
    [1, 2, Number.NaN, 4],
    [5, 6, 7, Number.POSITIVE_INFINITY],
  ];
  expect(weightedPairs(x, y, {})).toEqual({
    x: Float64Array.of(1, 2),
    y: Float64Array.of(5, 6),
    weights: Float64Array.of(1, 1),
    dropped: 2,
  });
  expect(weightedPairs(x, y, { weights: [0, 0.5, 1, 1] })).toEqual({
    x: Float64Array.of(2),
    y: Float64Array.of(6),
    weights: Float64Array.of(0.5),
    dropped: 2,
  });
});

test.each([[[1]], [[1, -1]], [[1, Number.NaN]], [[1, Number.POSITIVE_INFINITY]]])(
  "weights %j are refused",
  (weights) => {
    expect(() => weightedPairs([1, 2], [3, 4], { weights })).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
  },
);
