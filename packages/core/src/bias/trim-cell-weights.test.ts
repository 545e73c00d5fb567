import fc from "fast-check";
import { expect, test } from "vitest";
import { trimWeights } from "../stats/trim-weights.ts";
import { trimCellWeights } from "./trim-cell-weights.ts";

const cells = fc.array(
  fc.record({
    weight: fc.integer({ min: 1, max: 400 }).map((n) => n / 10),
    size: fc.integer({ min: 1, max: 6 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test("weights of cells are cut as trimWeights cuts those of their requests one by one", () => {
  fc.assert(
    fc.property(cells, fc.constantFrom(1, 1.5, 3, 5), (given, cap) => {
      const rows = given.flatMap(({ weight, size }) => new Array<number>(size).fill(weight));
      const expected = trimWeights(rows, { cap });
      const found = trimCellWeights(
        Float64Array.from(given, ({ weight }) => weight),
        Float64Array.from(given, ({ size }) => size),
        cap,
      );
      const foundRows = given.flatMap(({ size }, cell) => new Array<number>(size).fill(found.weights[cell]!));
      expect(found.trimmed).toBe(expected.trimmed);
      for (const [at, weight] of foundRows.entries()) expect(weight).toBeCloseTo(expected.weights[at]!, 9);
      for (const side of ["before", "after"] as const) {
        expect(found[side].effectiveSize).toBeCloseTo(expected[side].effectiveSize!, 8);
        expect(found[side].designEffect).toBeCloseTo(rows.length / expected[side].effectiveSize!, 8);
        expect(found[side].maxWeight).toBeCloseTo(expected[side].max!, 9);
      }
    }),
  );
});

test("without a cap nothing is cut, and equal weights cost nothing, to the last digit", () => {
  const weights = Float64Array.of(0.1, 100);
  const free = trimCellWeights(weights, Float64Array.of(99, 1), false);
  expect(free).toMatchObject({ weights, trimmed: 0, after: free.before });
  const equal = trimCellWeights(Float64Array.of(0.1, 0.1, 0.1), Float64Array.of(3, 4, 7), 1);
  expect(equal).toMatchObject({ trimmed: 0, before: { effectiveSize: 14, designEffect: 1 } });
});
