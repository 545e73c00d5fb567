import { expect, test } from "vitest";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";

import { multipleTests } from "./fixtures/multiple-tests.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { randomSource } from "./random-source.ts";

test("fifteen real p-values become those of statsmodels", () => {
  for (const [i, adjusted] of benjaminiHochberg(multipleTests.p).entries())
    expect(relativeError(adjusted, multipleTests.benjaminiHochberg[i]!)).toBeLessThan(1e-13);
});

test("null hypotheses alone are called discoveries at most as often as promised", () => {
  const random = randomSource(11);
  const alarms = Array.from({ length: 2000 }, () => {
    const p = Array.from({ length: 20 }, random);
    return Math.min(...benjaminiHochberg(p)) <= 0.05;
  }).filter(Boolean).length;
  // 5 % of 2,000, with four standard errors.
  expect(alarms).toBeLessThan(100 + 4 * Math.sqrt(95));
});

test("among true and false hypotheses, the share of false discoveries stays below q", () => {
  const random = randomSource(12);
  const shares = Array.from({ length: 1000 }, () => {
    const isTrue = (i: number): boolean => i < 10;
    const p = Array.from({ length: 40 }, (_, i) => (isTrue(i) ? random() ** 6 : random()));
    const taken = benjaminiHochberg(p).flatMap((q, i) => (q <= 0.1 ? [i] : []));
    return taken.filter((i) => !isTrue(i)).length / Math.max(1, taken.length);
  });
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.1);
});
