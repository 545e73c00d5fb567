import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import { benjaminiYekutieli } from "./benjamini-yekutieli.ts";
import { holm } from "./holm.ts";

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

describe.each([benjaminiHochberg, benjaminiYekutieli, holm])("%o", (adjust) => {
  test("a smaller p never ends above a larger one, and equal ones end equal", () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const repeated = [...p, ...p];
        const adjusted = adjust(repeated);
        for (const i of repeated.keys())
          for (const j of repeated.keys())
            if (repeated[i]! <= repeated[j]!) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
      }),
    );
  });

  test("none falls, and none exceeds 1", () => {
    fc.assert(
      fc.property(pValues, (p) => {
        for (const [i, adjusted] of adjust(p).entries()) {
          expect(adjusted).toBeGreaterThanOrEqual(p[i]!);
          expect(adjusted).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("each stays with its test, in whatever order they come", () => {
    fc.assert(
      fc.property(pValues, (p) => {
        expect(adjust(p.toReversed())).toEqual(adjust(p).reverse());
      }),
    );
  });

  test("one test alone is left as it is, and none are none", () => {
    expect(adjust([0.03])).toEqual([0.03]);
    expect(adjust(new Float64Array())).toEqual([]);
  });

  test("what is no probability is refused", () => {
    for (const p of [-0.1, 1.1, Number.NaN])
      expect(() => adjust([0.5, p])).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
  });
});
