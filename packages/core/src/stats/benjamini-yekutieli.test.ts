import { expect, test } from "vitest";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import { benjaminiYekutieli } from "./benjamini-yekutieli.ts";
import { multipleTests } from "./fixtures/multiple-tests.ts";
import { relativeError } from "./fixtures/relative-error.ts";

test("fifteen real p-values become those of statsmodels", () => {
  for (const [i, adjusted] of benjaminiYekutieli(multipleTests.p).entries())
    expect(relativeError(adjusted, multipleTests.benjaminiYekutieli[i]!)).toBeLessThan(1e-13);
});

test("they are those of Benjamini and Hochberg times the harmonic number, up to 1", () => {
  const p = [0.001, 0.4, 0.02, 0.02];
  const harmonic = 1 + 1 / 2 + 1 / 3 + 1 / 4;
  for (const [i, q] of benjaminiHochberg(p).entries())
    expect(benjaminiYekutieli(p)[i]).toBeCloseTo(Math.min(1, q * harmonic), 15);
});
