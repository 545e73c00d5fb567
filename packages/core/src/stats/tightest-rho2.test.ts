import { expect, test } from "vitest";
import { confidenceSequenceMargin } from "./confidence-sequence-margin.ts";
import { tightestRho2 } from "./tightest-rho2.ts";

test("no other choice is tighter at that n by more than one part in a thousand", () => {
  for (const confidence of [0.8, 0.95, 0.999])
    for (const n of [20, 1000, 1e6]) {
      const rho2 = tightestRho2(n, { confidence });
      const margin = confidenceSequenceMargin({ n, sd: 1, rho2, confidence })!;
      for (const factor of [0.1, 0.5, 0.9, 1.1, 2, 10])
        expect(margin).toBeLessThan(
          1.001 * confidenceSequenceMargin({ n, sd: 1, rho2: rho2 * factor, confidence })!,
        );
    }
});

test("being tightest nowhere, or at infinity, is refused", () => {
  for (const n of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => tightestRho2(n)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
