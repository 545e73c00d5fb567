import fc from "fast-check";
import { expect, test } from "vitest";
import { trimWeights } from "./trim-weights.ts";

const weights = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1, maxLength: 50 });
const sum = (values: Float64Array | readonly number[]): number =>
  Array.from(values).reduce((total, value) => total + value, 0);

test("weights above the cap are cut to it, and all are scaled to the sum they had", () => {
  const { weights, before, after, trimmed } = trimWeights([1, 1, 1, 17], { cap: 2 });
  expect(Array.from(weights)).toEqual([4, 4, 4, 8]);
  expect(trimmed).toBe(1);
  expect(before.max).toBe(17);
  expect(before.effectiveSize).toBeCloseTo(400 / 292, 12);
  expect(after.max).toBe(8);
  expect(after.effectiveSize).toBeCloseTo(400 / 112, 12);
});

test("the sum and the order stay, and the effective size never shrinks", () => {
  fc.assert(
    fc.property(weights, fc.double({ min: 1, max: 10, noNaN: true }), (weights, cap) => {
      const trimmed = trimWeights(weights, { cap });
      expect(sum(trimmed.weights) / sum(weights)).toBeCloseTo(1, 12);
      expect(trimmed.after.effectiveSize! - trimmed.before.effectiveSize!).toBeGreaterThan(-1e-9);
      for (let i = 1; i < weights.length; i++) {
        const rises = (trimmed.weights[i]! - trimmed.weights[i - 1]!) * (weights[i]! - weights[i - 1]!);
        expect(rises).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("weights within the cap stay as they are", () => {
  const { weights, trimmed } = trimWeights([0.1, 0.2, 0.3, 0]);
  expect(Array.from(weights)).toEqual([0.1, 0.2, 0.3, 0]);
  expect(trimmed).toBe(0);
  expect(trimWeights([])).toMatchObject({ before: { max: null, effectiveSize: null }, trimmed: 0 });
  expect(trimWeights([0])).toMatchObject({ after: { max: 0, effectiveSize: null }, trimmed: 0 });
});

test("a cap below 1 is refused", () => {
  expect(() => trimWeights([1], { cap: 0.9 })).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
