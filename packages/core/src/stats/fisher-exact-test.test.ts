import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquareTest } from "./chi-square-test.ts";
import { fisherExactTest } from "./fisher-exact-test.ts";
import { relativeError } from "./fixtures/relative-error.ts";

// Sums of fractions, exact: math.comb and fractions.Fraction in Python 3.11.
test.each([
  [[3, 1, 1, 3], 0.4857142857142857],
  [[8, 2, 1, 5], 0.03496503496503497],
  [[10, 0, 0, 12], 1.546441174924147e-6],
  [[1, 9, 11, 3], 0.0027594561852200836],
  [[30, 70, 50, 60], 0.023442397885068866],
  [[120, 880, 200, 800], 1.3064748787090634e-6],
  [[1, 200, 40, 3], 3.8359089866369093e-41],
] as const)("the table %j has the exact p-value", ([a, b, c, d], p) => {
  expect(relativeError(fisherExactTest(a, b, c, d), p)).toBeLessThan(1e-11);
});

// The same sums by mpmath 1.2.1 at 40 digits.
test.each([
  [[500_000, 500_400, 499_000, 501_000], 0.25794654733293987],
  [[120, 999_880, 200, 999_800], 9.065143520675278e-6],
  [[999_990, 10, 999_950, 50], 1.61574397308766e-7],
  [[505_000, 495_000, 495_000, 505_000], 2.127339727167981e-45],
] as const)("the table %j of a million a row has the exact p-value too", ([a, b, c, d], p) => {
  expect(relativeError(fisherExactTest(a, b, c, d), p)).toBeLessThan(1e-11);
});

const count = fc.integer({ min: 0, max: 60 });

test("which row or column comes first makes no difference", () => {
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      const p = fisherExactTest(a, b, c, d);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(fisherExactTest(c, d, a, b)).toBeCloseTo(p, 12);
      expect(fisherExactTest(b, a, d, c)).toBeCloseTo(p, 12);
      expect(fisherExactTest(a, c, b, d)).toBeCloseTo(p, 12);
    }),
  );
});

test("on many counts it comes close to the chi-square test", () => {
  const table = [
    [250_000, 250_700],
    [249_000, 251_000],
  ] as const;
  expect(fisherExactTest(...table[0], ...table[1])).toBeCloseTo(chiSquareTest(table).p!, 2);
});

test("where a row or a column is empty there is no other table", () => {
  expect(fisherExactTest(0, 5, 0, 7)).toBe(1);
  expect(fisherExactTest(0, 0, 3, 7)).toBe(1);
  expect(fisherExactTest(0, 0, 0, 0)).toBe(1);
});

test("a table too unlikely for a double has p 0", () => {
  expect(fisherExactTest(1_000_000, 0, 0, 1_000_000)).toBe(0);
});

test("what is no count is refused", () => {
  for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => fisherExactTest(1, bad, 2, 3)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
