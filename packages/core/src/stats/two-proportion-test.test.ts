import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquareTest } from "./chi-square-test.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { twoProportionTest } from "./two-proportion-test.ts";

test("70 of 100 against 85 of 110 are tested as statsmodels does", () => {
  // statsmodels.stats.proportion, 0.13.5: proportions_ztest([70, 85], [100, 110]) and
  // confint_proportions_2indep(70, 100, 85, 110, method="newcomb")
  const { z, p, ci, reason } = twoProportionTest(70, 100, 85, 110);
  expect(reason).toBeNull();
  expect(relativeError(z, -1.1971707516408754)).toBeLessThan(1e-12);
  expect(relativeError(p, 0.23124000751014873)).toBeLessThan(1e-12);
  expect(relativeError(ci![0], -0.19043643344120562)).toBeLessThan(1e-12);
  expect(relativeError(ci![1], 0.04598147707402722)).toBeLessThan(1e-12);
});

const group = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }))
  .map(([successes, failures]) => [successes, successes + failures] as const);

test("swapping the groups turns the signs and nothing else", () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const there = twoProportionTest(...a, ...b);
      const back = twoProportionTest(...b, ...a);
      expect(back.difference! + there.difference!).toBe(0);
      expect(back.z! + there.z!).toBeCloseTo(0, 12);
      expect(back.p).toBeCloseTo(there.p!, 12);
      expect(back.ci![0]).toBeCloseTo(-there.ci![1], 12);
    }),
  );
});

test("z squared is the chi-square of the two by two table", () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const { z, p } = twoProportionTest(...a, ...b);
      const square = chiSquareTest([a, b].map(([successes, n]) => [successes, n - successes]));
      expect(z! ** 2).toBeCloseTo(square.statistic!, 8);
      expect(p).toBeCloseTo(square.p!, 10);
    }),
  );
});

test("the interval holds the difference, and stays within -1 and 1", () => {
  fc.assert(
    fc.property(group, group, (a, b) => {
      const { difference, ci } = twoProportionTest(...a, ...b);
      expect(ci![0]).toBeLessThan(difference!);
      expect(ci![1]).toBeGreaterThan(difference!);
      expect(ci![0]).toBeGreaterThanOrEqual(-1);
      expect(ci![1]).toBeLessThanOrEqual(1);
    }),
  );
});

test("where nobody failed there is no test, and still an interval", () => {
  const { difference, z, p, ci, reason } = twoProportionTest(20, 20, 30, 30);
  expect({ difference, z, p, reason }).toEqual({ difference: 0, z: null, p: null, reason: "constant" });
  expect(ci![0]).toBeLessThan(-0.1);
  expect(ci![1]).toBeGreaterThan(0.1);
});

test("an empty group leaves the other's share", () => {
  expect(twoProportionTest(0, 0, 3, 4)).toEqual({
    shareA: null,
    shareB: 0.75,
    difference: null,
    z: null,
    p: null,
    ci: null,
    reason: "too_few",
  });
  expect(() => twoProportionTest(2, 1, 3, 4)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
