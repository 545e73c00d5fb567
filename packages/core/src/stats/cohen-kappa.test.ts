import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CohenKappaOptions, cohenKappa } from "./cohen-kappa.ts";
import { relativeError } from "./fixtures/relative-error.ts";

/**
 * Two raters of 60 items, drawn with `numpy.random.default_rng(11)`; statsmodels 0.13.5's
 * `inter_rater.cohens_kappa(table, wt=None | "linear" | "quadratic")`: `kappa`, `std_kappa`, `kappa_low`,
 * `kappa_upp`.
 */
const first = [
  0, 0, 3, 1, 2, 2, 2, 0, 1, 0, 1, 3, 2, 0, 2, 0, 3, 3, 3, 2, 3, 1, 0, 2, 1, 2, 3, 1, 3, 0, 1, 3, 0, 2, 1, 2,
  3, 3, 3, 2, 3, 3, 0, 0, 1, 2, 3, 1, 3, 1, 3, 2, 2, 0, 2, 3, 3, 3, 3, 0,
];
const second = [
  0, 0, 3, 3, 2, 2, 1, 0, 0, 0, 1, 3, 2, 0, 2, 3, 3, 3, 3, 2, 3, 0, 0, 2, 1, 3, 3, 1, 3, 0, 1, 0, 0, 2, 2, 2,
  3, 3, 0, 2, 3, 3, 0, 0, 1, 0, 3, 3, 3, 1, 3, 0, 0, 0, 2, 3, 0, 3, 3, 0,
];
const weightings = ["none", "linear", "quadratic"] as const;

const code = fc.nat({ max: 3 });
const codings = fc
  .array(fc.tuple(code, code), { minLength: 1, maxLength: 40 })
  .map((items) => ({ a: items.map(([a]) => a), b: items.map(([, b]) => b) }));
const options: fc.Arbitrary<CohenKappaOptions> = fc.record({
  weights: fc.constantFrom(...weightings),
  categories: fc.constant(4),
});

describe.each([
  ["none", 0.6813353566009105, 0.07278647815946045, [0.5386764808468567, 0.8239942323549643]],
  ["linear", 0.6680327868852459, 0.08455267391362348, [0.5023125912179845, 0.8337529825525073]],
  ["quadratic", 0.660482374768089, 0.10213312338695402, [0.4603051313010736, 0.8606596182351045]],
] as const)("with %s for weights", (weights, kappa, standardError, ci) => {
  test("kappa, its standard error and its interval are statsmodels'", () => {
    const answer = cohenKappa(first, second, { weights });
    expect(answer).toMatchObject({ n: 60, dropped: 0, reason: null });
    expect(relativeError(answer.kappa, kappa)).toBeLessThan(1e-14);
    expect(relativeError(answer.standardError, standardError)).toBeLessThan(1e-13);
    expect(relativeError(answer.ci![0], ci[0])).toBeLessThan(1e-12);
    expect(relativeError(answer.ci![1], ci[1])).toBeLessThan(1e-12);
  });

  test("more categories than occur change neither kappa nor its standard error", () => {
    const { kappa, standardError, table } = cohenKappa(first, second, { weights, categories: 9 });
    expect(table).toHaveLength(9);
    expect({ kappa, standardError }).toEqual({
      kappa: cohenKappa(first, second, { weights }).kappa,
      standardError: cohenKappa(first, second, { weights }).standardError,
    });
  });
});

test("kappa is the agreement beyond chance, as a share of what chance leaves", () => {
  fc.assert(
    fc.property(codings, options, ({ a, b }, options) => {
      const { kappa, observed, expected, reason } = cohenKappa(a, b, options);
      if (kappa === null) expect([expected, reason]).toEqual([1, "constant"]);
      else expect(kappa).toBeCloseTo((observed! - expected!) / (1 - expected!), 10);
    }),
  );
});

test("kappa lies in its interval and that in [-1, 1], whenever there is one", () => {
  fc.assert(
    fc.property(codings, options, ({ a, b }, options) => {
      const { kappa, standardError, ci, reason } = cohenKappa(a, b, options);
      expect(ci === null).toBe(reason !== null);
      if (ci === null) return;
      expect(standardError).toBeGreaterThan(0);
      expect(ci[0]).toBeGreaterThanOrEqual(-1);
      expect(ci[0]).toBeLessThan(kappa!);
      expect(ci[1]).toBeGreaterThan(kappa!);
      expect(ci[1]).toBeLessThanOrEqual(1);
    }),
  );
});

test("raters may change places, items their order, and codes be counted from the other end", () => {
  fc.assert(
    fc.property(codings, options, ({ a, b }, options) => {
      const { table, ...answer } = cohenKappa(a, b, options);
      const close = (other: typeof answer) => {
        expect(other.reason).toBe(answer.reason);
        expect(other.kappa ?? 2).toBeCloseTo(answer.kappa ?? 2, 12);
        expect(other.standardError ?? 2).toBeCloseTo(answer.standardError ?? 2, 12);
      };
      const mirrored = (codes: readonly number[]) => codes.map((one) => 3 - one);
      close(cohenKappa(b, a, options));
      close(cohenKappa(mirrored(a), mirrored(b), options));
      expect(cohenKappa(a.toReversed(), b.toReversed(), options)).toEqual({ table, ...answer });
    }),
  );
});

test("with two categories, weights change nothing", () => {
  const [a, b] = [
    [0, 1, 1, 0, 1, 1],
    [0, 1, 0, 0, 1, 0],
  ];
  expect(cohenKappa(a, b, { weights: "quadratic" })).toEqual(cohenKappa(a, b));
  expect(cohenKappa(a, b, { weights: "linear" })).toEqual(cohenKappa(a, b));
});

test("the table has a row for each code of the first rater, and what is not finite is dropped", () => {
  expect(cohenKappa([0, 0, 1, 2, Number.NaN], [0, 2, 1, 2, 1])).toMatchObject({
    n: 4,
    dropped: 1,
    observed: 0.75,
    table: [
      [1, 0, 1],
      [0, 1, 0],
      [0, 0, 1],
    ],
  });
});

test("nothing to agree about, and kappas without spread, are told", () => {
  const none = { kappa: null, standardError: null, ci: null };
  expect(cohenKappa([], [])).toEqual({
    ...none,
    n: 0,
    dropped: 0,
    observed: null,
    expected: null,
    reason: "too_few",
    table: [],
  });
  expect(cohenKappa([1, 1], [1, 1])).toMatchObject({ ...none, observed: 1, expected: 1, reason: "constant" });
  const spreadless = { standardError: null, ci: null, reason: "no_spread" };
  expect(cohenKappa([0, 1, 2], [0, 1, 2])).toMatchObject({ kappa: 1, ...spreadless });
  expect(cohenKappa([0, 1, 0, 1], [1, 0, 1, 0])).toMatchObject({ kappa: -1, ...spreadless });
  expect(cohenKappa([0, 1, 2, 2], [0, 0, 0, 0])).toMatchObject({ kappa: 0, ...spreadless });
});

test.each([
  ["columns of unequal length", [0, 1], [0], {}],
  ["a fraction for a code", [0, 1.5], [0, 1], {}],
  ["a negative code", [0, -1], [0, 1], {}],
  ["a code beyond the categories", [0, 2], [0, 1], { categories: 2 }],
  ["ids for codes", [0, 123_456], [0, 1], {}],
  ["half a category", [0, 1], [0, 1], { categories: 2.5 }],
  ["a confidence in percent", [0, 1], [0, 1], { confidence: 95 }],
  ["unknown weights", [0, 1], [0, 1], { weights: "toString" as "none" }],
])("%s is refused", (_, a, b, options) => {
  expect(() => cohenKappa(a, b, options)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
