import fc from "fast-check";
import { expect, test } from "vitest";
import { leastSquares } from "./least-squares.ts";

const columns = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 12, maxLength: 12 }), {
  minLength: 4,
  maxLength: 4,
});
const ones = new Float64Array(12).fill(1);
const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, t) => sum + value * y[t]!, 0);

test("what is left is at right angles to every column", () => {
  fc.assert(
    fc.property(columns, ([a, b, c, y]) => {
      const design = [ones, ...[a!, b!, c!].map((column) => Float64Array.from(column))];
      const { residuals, coefficients } = leastSquares(design, Float64Array.from(y!));
      fc.pre(coefficients.every((coefficient) => Math.abs(coefficient) < 1e3));
      for (const column of design) expect(dot(column, residuals)).toBeCloseTo(0, 7);
    }),
  );
});

test("a sum of the columns is found again, and leaves nothing", () => {
  const time = ones.map((_, t) => 1e6 + t);
  const square = time.map((t) => (t - 1e6) ** 2);
  const y = ones.map((_, t) => 7 - 3 * time[t]! + 0.5 * square[t]!);
  const { coefficients, residuals } = leastSquares([ones, time, square], y);
  expect(coefficients[1]).toBeCloseTo(-3, 7);
  expect(coefficients[2]).toBeCloseTo(0.5, 8);
  expect(Math.max(...residuals.map(Math.abs))).toBeLessThan(1e-8);
});

test("each coefficient is the sum of y by its weights, which see one column and no other", () => {
  const design = [ones, ones.map((_, t) => t), ones.map((_, t) => (t < 5 ? 0 : 1))];
  const { weights } = leastSquares(design, ones);
  for (const [i, weight] of weights.entries())
    for (const [j, column] of design.entries()) expect(dot(weight, column)).toBeCloseTo(i === j ? 1 : 0, 12);
});
