import fc from "fast-check";
import { expect, test } from "vitest";
import { pearson } from "./pearson.ts";
import { weightedPearson } from "./weighted-pearson.ts";

const column = fc.integer({ min: -1000, max: 1000 }).map((i) => i / 8);
const rows = fc.array(fc.tuple(column, column, fc.integer({ min: 1, max: 4 })), {
  minLength: 2,
  maxLength: 40,
});
const columns = (rows: readonly (readonly [number, number, number])[]) => ({
  x: rows.map(([x]) => x),
  y: rows.map(([, y]) => y),
  weights: rows.map(([, , weight]) => weight),
});

test("equal weights give what pearson gives", () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(0.1, 1, 1e-200, 1e300), (rows, weight) => {
      const { x, y } = columns(rows);
      const { effectiveSize, ...weighted } = weightedPearson(
        x,
        y,
        x.map(() => weight),
      );
      const plain = pearson(x, y);
      expect(effectiveSize).toBe(x.length);
      expect([weighted.n, weighted.dropped, weighted.reason]).toEqual([plain.n, plain.dropped, plain.reason]);
      expect(weighted.ci === null).toBe(plain.ci === null);
      expect(weighted.p === null).toBe(plain.p === null);
      if (plain.r !== null) expect(weighted.r).toBeCloseTo(plain.r, 12);
      // Next to 1, what a p-value and an interval make of r magnifies its last digit.
      if (plain.p === null || plain.ci === null || Math.abs(plain.r!) > 0.999) return;
      expect(weighted.p).toBeCloseTo(plain.p, 11);
      expect(weighted.ci![0]).toBeCloseTo(plain.ci[0], 11);
    }),
  );
});

test("a whole weight is the pair repeated", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const { x, y, weights } = columns(rows);
      const repeated = columns(rows.flatMap((row) => Array.from({ length: row[2] }, () => row)));
      const expected = pearson(repeated.x, repeated.y).r;
      const { r } = weightedPearson(x, y, weights);
      if (expected === null) expect(r).toBeNull();
      else expect(r).toBeCloseTo(expected, 12);
    }),
  );
});

test("it is numpy's coefficient with weights, and its p-value and interval rest on the effective size", () => {
  // numpy 1.24.2: C = numpy.cov(x, y, aweights=w); C[0, 1] / sqrt(C[0, 0] C[1, 1]). SciPy 1.10.1: n = 3.2;
  // 2 * t.sf(r * sqrt((n - 2) / (1 - r * r)), n - 2); tanh(atanh(r) -+ norm.ppf(0.975) / sqrt(n - 3))
  const { r, effectiveSize, p, ci } = weightedPearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], [1, 1, 1, 1, 4]);
  expect(r).toBeCloseTo(0.8857142857142857, 14);
  expect(effectiveSize).toBeCloseTo(3.2, 14);
  expect(p).toBeCloseTo(0.24996402417947639, 12);
  expect(ci![0]).toBeCloseTo(-0.9948630185535621, 12);
  expect(ci![1]).toBeCloseTo(0.9999810829715372, 12);
});

test("no digits are lost far from zero, and nothing overflows", () => {
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom([1, 1e6], [1, -1e9], [2 ** 900, 0], [2 ** -900, 0]),
      (rows, [scale, shift]) => {
        const { x, y, weights } = columns(rows);
        const { r } = weightedPearson(x, y, weights);
        const moved = weightedPearson(
          x.map((value) => value * scale! + shift!),
          y,
          weights,
        ).r;
        if (r === null) expect(moved).toBeNull();
        else expect(moved).toBeCloseTo(r, 12);
      },
    ),
  );
});

test("pairs of weight 0 or without a finite number are no pairs", () => {
  const x = [1, 2, 3, 5, 8];
  const y = [2, 1, 3, 3, 9];
  const weights = [1, 2, 1, 3, 1];
  const padded = weightedPearson([...x, Number.NaN, 99], [...y, 1, -99], [...weights, 1, 0]);
  expect(padded).toEqual({ ...weightedPearson(x, y, weights), dropped: 1 });
});

test("few heavy pairs are too few, and a constant column has no correlation", () => {
  const heavy = weightedPearson([1, 2, 3, 4], [1, 2, 4, 3], [1, 1, 1, 1000]);
  expect(heavy).toMatchObject({ n: 4, p: null, ci: null, reason: "too_few" });
  expect(heavy.r).not.toBeNull();
  expect(weightedPearson([1, 1], [1, 2], [1, 1])).toMatchObject({ r: null, reason: "constant" });
  expect(weightedPearson([], [], [])).toMatchObject({ n: 0, effectiveSize: null, reason: "too_few" });
  expect(() => weightedPearson([1, 2], [1, 2], [1, -1])).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
