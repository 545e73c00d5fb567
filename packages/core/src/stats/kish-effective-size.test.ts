import fc from "fast-check";
import { expect, test } from "vitest";
import { kishEffectiveSize } from "./kish-effective-size.ts";

const weights = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 });

test("equal weights are worth their number, exactly, however large or small", () => {
  for (const weight of [0.1, 1, 1e300, 1e-300])
    expect(kishEffectiveSize(Array.from({ length: 10 }, () => weight))).toBe(10);
});

test("unequal ones are worth less, but at least one row", () => {
  expect(kishEffectiveSize([1, 1, 1, 3])).toBe(3);
  fc.assert(
    fc.property(weights, (weights) => {
      const size = kishEffectiveSize(weights)!;
      expect(size).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(size).toBeLessThanOrEqual(weights.length + 1e-12);
    }),
  );
});

test("a scale, and rows of weight 0, change nothing", () => {
  fc.assert(
    fc.property(weights, (weights) => {
      const size = kishEffectiveSize(weights)!;
      expect(kishEffectiveSize([...weights.map((weight) => weight * 4), 0, 0])).toBeCloseTo(size, 12);
    }),
  );
});

test("no weight is no size, and a weight that is none is refused", () => {
  expect(kishEffectiveSize([])).toBeNull();
  expect(kishEffectiveSize([0, 0])).toBeNull();
  for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => kishEffectiveSize([1, weight])).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
