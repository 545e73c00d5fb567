import fc from "fast-check";
import { expect, test } from "vitest";
import { stableMean } from "./stable-mean.ts";

const ratings = fc.array(
  fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10),
  { minLength: 1, maxLength: 30 },
);

test("the same values have the same mean in any order", () => {
  const reordered = ratings.chain((values) =>
    fc.tuple(
      fc.constant(values),
      fc.shuffledSubarray(values, { minLength: values.length, maxLength: values.length }),
    ),
  );
  fc.assert(
    fc.property(reordered, ([values, others]) => {
      expect(stableMean(others)).toBe(stableMean(values));
    }),
  );
});

test("equal means of different values are equal numbers", () => {
  expect(stableMean([1.1, 2.2, 3.3])).toBe(stableMean([2.2]));
  expect(stableMean([0.1, 0.2, 0.3])).toBe(0.2);
});

test("it is the mean to fifteen digits, within the range of its values", () => {
  fc.assert(
    fc.property(ratings, (values) => {
      const exact = values.reduce((sum, value) => sum + Math.round(value * 10), 0) / 10 / values.length;
      expect(stableMean(values)).toBeCloseTo(exact, 13);
      expect(stableMean(values)).toBeGreaterThanOrEqual(Math.min(...values));
      expect(stableMean(values)).toBeLessThanOrEqual(Math.max(...values));
    }),
  );
});
