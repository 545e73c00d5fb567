import fc from "fast-check";
import { expect, test } from "vitest";
import { multipleTests } from "./fixtures/multiple-tests.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { holm } from "./holm.ts";

test("fifteen real p-values become those of statsmodels", () => {
  for (const [i, adjusted] of holm(multipleTests.p).entries())
    expect(relativeError(adjusted, multipleTests.holm[i]!)).toBeLessThan(1e-13);
});

test("each lies between its p-value and that of Bonferroni", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
      for (const [i, adjusted] of holm(p).entries()) {
        expect(adjusted).toBeGreaterThanOrEqual(p[i]!);
        expect(adjusted).toBeLessThanOrEqual(Math.min(1, p[i]! * p.length));
      }
    }),
  );
});
