import { expect, test } from "vitest";
import { labelled } from "./fixtures/labelled.ts";
import { predictIsotonic } from "./predict-isotonic.ts";

test("between knots the curve is straight, outside level, as scikit-learn's", () => {
  for (const [x, expected] of labelled.isotonicPredictions)
    expect(predictIsotonic(labelled.isotonic, x)).toBeCloseTo(expected, 15);
});

test("every knot lies on the curve, and one alone is a level", () => {
  for (const [x, y] of labelled.isotonic) expect(predictIsotonic(labelled.isotonic, x)).toBe(y);
  for (const x of [-1, 2, 5]) expect(predictIsotonic([[2, 0.5]], x)).toBe(0.5);
});
