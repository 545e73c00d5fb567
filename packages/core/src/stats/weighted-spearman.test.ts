import fc from "fast-check";
import { expect, test } from "vitest";
import { spearman } from "./spearman.ts";
import { weightedSpearman } from "./weighted-spearman.ts";

const column = fc.integer({ min: 0, max: 20 });
const rows = fc.array(fc.tuple(column, column, fc.integer({ min: 1, max: 4 })), {
  minLength: 2,
  maxLength: 40,
});
const columns = (rows: readonly (readonly [number, number, number])[]) => ({
  x: rows.map(([x]) => x),
  y: rows.map(([, y]) => y),
  weights: rows.map(([, , weight]) => weight),
});

test("equal weights give what spearman gives", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const { x, y } = columns(rows);
      const weighted = weightedSpearman(
        x,
        y,
        x.map(() => 0.3),
      );
      const plain = spearman(x, y);
      expect(weighted.effectiveSize).toBe(x.length);
      expect(weighted.reason).toBe(plain.reason);
      if (plain.r !== null) expect(weighted.r).toBeCloseTo(plain.r, 12);
      if (plain.p === null || plain.ci === null || Math.abs(plain.r!) > 0.999) return;
      expect(weighted.p).toBeCloseTo(plain.p, 11);
      expect(weighted.ci![1]).toBeCloseTo(plain.ci[1], 11);
    }),
  );
});

test("a whole weight is the pair repeated, so the coefficient is SciPy's on the repeated pairs", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const { x, y, weights } = columns(rows);
      const repeated = columns(rows.flatMap((row) => Array.from({ length: row[2] }, () => row)));
      const expected = spearman(repeated.x, repeated.y).r;
      const { r } = weightedSpearman(x, y, weights);
      if (expected === null) expect(r).toBeNull();
      else expect(r).toBeCloseTo(expected, 12);
    }),
  );
  // scipy.stats.spearmanr([1, 2, 3, 4, 5, 5, 5, 5], [1, 4, 9, 25, 16, 16, 16, 16]), SciPy 1.10.1
  expect(weightedSpearman([1, 2, 3, 4, 5], [1, 4, 9, 25, 16], [1, 1, 1, 1, 4]).r).toBeCloseTo(
    0.7297297297297297,
    14,
  );
});

test("a rising transformation changes nothing", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const { x, y, weights } = columns(rows);
      const cubed = x.map((value) => value ** 3 + 1e6);
      expect(weightedSpearman(cubed, y, weights)).toEqual(weightedSpearman(x, y, weights));
    }),
  );
});
