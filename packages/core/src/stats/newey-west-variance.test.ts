import fc from "fast-check";
import { expect, test } from "vitest";
import { neweyWestVariance } from "./newey-west-variance.ts";

test("neighbours count as far as the lag reaches, ever less", () => {
  const contributions = Float64Array.of(1, 2, -1, 3);
  // Squares 15; products at distance 1: 2 - 2 - 3 = -3, at distance 2: -1 + 6 = 5, at distance 3: 3.
  expect(neweyWestVariance(contributions, 0)).toBe(15);
  expect(neweyWestVariance(contributions, 1)).toBe(15 + 2 * (1 / 2) * -3);
  expect(neweyWestVariance(contributions, 2)).toBeCloseTo(15 + 2 * ((2 / 3) * -3 + (1 / 3) * 5), 12);
});

test("it is never below 0, and a lag beyond the end is as good as any", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 })), fc.integer({ min: 0, max: 50 }), (values, lag) => {
      expect(neweyWestVariance(Float64Array.from(values), lag)).toBeGreaterThanOrEqual(0);
    }),
  );
});
