import fc from "fast-check";
import { expect, test } from "vitest";
import { confidenceSequenceMargin } from "./confidence-sequence-margin.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { normalQuantile } from "./normal-quantile.ts";

test("a thousand values of spread 1 have the margin of the authors' own package", () => {
  // R package sequential.causal, std_conjmix_margin(t = 1000, rho2 = 0.01, alpha = 0.05)
  const margin = confidenceSequenceMargin({ n: 1000, sd: 1, rho2: 0.01 });
  expect(relativeError(margin, 0.09606401928868574)).toBeLessThan(1e-12);
});

test("looking always costs more than looking once, scales with the spread, and shrinks", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.double({ min: 1e-9, max: 1e3, noNaN: true }),
      fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      (n, rho2, confidence) => {
        const margin = confidenceSequenceMargin({ n, sd: 3, rho2, confidence })!;
        const once = (3 * normalQuantile((1 + confidence) / 2)) / Math.sqrt(n);
        expect(margin).toBeGreaterThan(once);
        expect(confidenceSequenceMargin({ n, sd: 6, rho2, confidence })).toBeCloseTo(2 * margin, 8);
        expect(confidenceSequenceMargin({ n: 2 * n, sd: 3, rho2, confidence })).toBeLessThan(margin);
      },
    ),
  );
});

test("there is none without values, and options without sense are refused", () => {
  expect(confidenceSequenceMargin({ n: 0, sd: 1, rho2: 0.01 })).toBeNull();
  for (const options of [{ rho2: 0 }, { rho2: Number.NaN }, { confidence: 1 }])
    expect(() => confidenceSequenceMargin({ n: 10, sd: 1, rho2: 0.01, ...options })).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
});
