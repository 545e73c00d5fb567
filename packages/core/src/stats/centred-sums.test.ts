import fc from "fast-check";
import { expect, test } from "vitest";
import { centredSums } from "./centred-sums.ts";

const halves = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 50 });

test("any centre near the mean gives the sums around the mean", () => {
  fc.assert(
    fc.property(halves, fc.integer({ min: -3, max: 3 }), (values, off) => {
      const n = values.length;
      const x = Float64Array.from(values);
      const y = x.map((value, i) => (value * i) % 7);
      const [totalX, totalY] = [x, y].map((column) => column.reduce((sum, value) => sum + value, 0)) as [
        number,
        number,
      ];
      const sums = centredSums(x, totalX / n + off, y, totalY / n - off);
      const product = x.reduce((sum, value, i) => sum + value * y[i]!, 0) - (totalX * totalY) / n;
      const squares = x.reduce((sum, value) => sum + value * value, 0) - (totalX * totalX) / n;
      expect(sums.xy).toBeCloseTo(product, 9);
      expect(sums.xx).toBeCloseTo(squares, 9);
    }),
  );
});

test("sums over many blocks of ranks are exact", () => {
  const n = 10_001;
  const ranks = Float64Array.from({ length: n }, (_, i) => i + 1);
  const { xx, yy, xy } = centredSums(ranks, (n + 1) / 2, ranks.toReversed(), (n + 1) / 2);
  expect(xx).toBe((n * (n * n - 1)) / 12);
  expect(yy).toBe(xx);
  expect(xy).toBe(-xx);
});
