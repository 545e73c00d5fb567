import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { manyRaters } from "./fixtures/many-raters.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { krippendorffAlpha } from "./krippendorff-alpha.ts";

const levels = ["nominal", "ordinal", "interval"] as const;
type Level = (typeof levels)[number];

/** Krippendorff (2011), step by step: coincidences, then distances between values. */
const alphaByCoincidences = (unit: readonly number[], value: readonly number[], level: Level) => {
  const units = [...Map.groupBy(value, (_, i) => unit[i]).values()].filter(({ length }) => length > 1);
  const values = [...new Set(units.flat())].sort((a, b) => a - b);
  const coincidences = values.map(() => values.map(() => 0));
  for (const own of units)
    for (const [i, one] of own.entries())
      for (const [j, other] of own.entries())
        if (i !== j) coincidences[values.indexOf(one)]![values.indexOf(other)]! += 1 / (own.length - 1);
  const totals = coincidences.map((row) => row.reduce((sum, count) => sum + count, 0));
  const n = totals.reduce((sum, count) => sum + count, 0);
  const distance = (c: number, k: number) => {
    if (level === "nominal") return c === k ? 0 : 1;
    if (level === "interval") return (values[c]! - values[k]!) ** 2;
    const between = totals.slice(Math.min(c, k), Math.max(c, k) + 1).reduce((sum, count) => sum + count, 0);
    return (between - (totals[c]! + totals[k]!) / 2) ** 2;
  };
  let [observed, expected] = [0, 0];
  for (const c of values.keys())
    for (const k of values.keys()) {
      observed += coincidences[c]![k]! * distance(c, k);
      expected += totals[c]! * totals[k]! * distance(c, k);
    }
  return 1 - ((n - 1) * observed) / expected;
};

const rating = fc.tuple(fc.nat({ max: 9 }), fc.integer({ min: -2, max: 3 }));
const ratings = fc
  .array(rating, { maxLength: 60 })
  .map((rows) => ({ unit: rows.map(([unit]) => unit), value: rows.map(([, value]) => value) }));

describe.each(levels)("at the %s level", (level) => {
  test("alpha is exact", () => {
    const answer = krippendorffAlpha(manyRaters, { level });
    expect(answer).toMatchObject({
      units: 8,
      ratings: 27,
      dropped: { notFinite: 0, alone: 4 },
      reason: null,
    });
    expect(relativeError(answer.alpha, manyRaters.alpha[level])).toBeLessThan(1e-14);
  });

  test("alpha is what the matrix of coincidences gives", () => {
    fc.assert(
      fc.property(ratings, ({ unit, value }) => {
        const { alpha, reason } = krippendorffAlpha({ unit, value }, { level });
        if (reason === null) expect(alpha).toBeCloseTo(alphaByCoincidences(unit, value, level), 12);
        else expect(alpha).toBeNull();
      }),
    );
  });

  test("neither the order of the ratings nor the names of the units matter", () => {
    fc.assert(
      fc.property(ratings, ({ unit, value }) => {
        const answer = krippendorffAlpha({ unit, value }, { level });
        const renamed = unit.toReversed().map((one) => 1000 - 7 * one);
        const other = krippendorffAlpha({ unit: renamed, value: value.toReversed() }, { level });
        expect(other).toEqual({
          ...answer,
          alpha: answer.alpha === null ? null : expect.closeTo(answer.alpha, 13),
        });
      }),
    );
  });

  test("full agreement is 1, and equal ratings alone say nothing", () => {
    const unit = [1, 1, 2, 2, 2];
    expect(krippendorffAlpha({ unit, value: [3, 3, 5, 5, 5] }, { level }).alpha).toBe(1);
    expect(krippendorffAlpha({ unit, value: [3, 3, 3, 3, 3] }, { level })).toMatchObject({
      alpha: null,
      reason: "constant",
    });
  });
});

test("alpha is blind to a new scale, at the interval level also far from zero and beyond squares", () => {
  const { unit, value } = manyRaters;
  const on = (level: Level, scale: (value: number) => number) =>
    krippendorffAlpha({ unit, value: Array.from(value, scale) }, { level }).alpha;
  expect(on("nominal", (v) => (v * 3) % 7)).toBeCloseTo(manyRaters.alpha.nominal, 14);
  expect(on("ordinal", (v) => Math.exp(v) - 1e3)).toBeCloseTo(manyRaters.alpha.ordinal, 14);
  for (const scale of [(v: number) => 1e12 - v, (v: number) => v * 3e307, (v: number) => v * 5e-320])
    expect(on("interval", scale)).toBeCloseTo(manyRaters.alpha.interval, 12);
});

test("without two ratings of anything, there is no alpha", () => {
  expect(krippendorffAlpha({ unit: [1, 2, 2], value: [4, 4, Number.NaN] }, { level: "ordinal" })).toEqual({
    alpha: null,
    units: 0,
    ratings: 0,
    dropped: { notFinite: 1, alone: 2 },
    reason: "too_few",
  });
});

test("columns of unequal length and an unknown level are refused", () => {
  const refusal = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => krippendorffAlpha({ unit: [1], value: [1, 2] }, { level: "ordinal" })).toThrow(refusal);
  expect(() => krippendorffAlpha({ unit: [1], value: [1] }, { level: "ratio" as Level })).toThrow(refusal);
});
