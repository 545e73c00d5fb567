import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groups } from "./fixtures/groups.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { twoSamples } from "./fixtures/two-samples.ts";
import { moments } from "./moments.ts";
import { welchTest, welchTestOfMoments } from "./welch-test.ts";

describe.each(twoSamples)("on $name", ({ groups, means, welch }) => {
  test.skipIf(groups === null)("means, t, degrees of freedom, p and interval are SciPy's", () => {
    const { a, b, t, df, p, ci, reason } = welchTest(groups!.a, groups!.b);
    expect(reason).toBeNull();
    expect([a.n, b.n]).toEqual([groups!.a.length, groups!.b.length]);
    expect(relativeError(a.mean, means[0])).toBeLessThan(1e-13);
    expect(relativeError(b.mean, means[1])).toBeLessThan(1e-13);
    expect(relativeError(t, welch.t)).toBeLessThan(1e-9);
    expect(relativeError(df, welch.df)).toBeLessThan(1e-9);
    expect(relativeError(p, welch.p)).toBeLessThan(1e-9);
    expect(relativeError(ci![0], welch.ci[0])).toBeLessThan(1e-9);
    expect(relativeError(ci![1], welch.ci[1])).toBeLessThan(1e-9);
  });
});

test("swapping the groups turns the signs and nothing else", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      const there = welchTest(a, b);
      const back = welchTest(b, a);
      expect(back.difference! + there.difference!).toBe(0);
      expect(back.t! + there.t!).toBe(0);
      expect(back.df).toBeCloseTo(there.df!, 10);
      expect(back.p).toBeCloseTo(there.p!, 12);
      expect(back.ci![0]).toBeCloseTo(-there.ci![1], 10);
    }),
  );
});

test("the interval contains the difference, and leaves out 0 exactly when p is below 1 - confidence", () => {
  fc.assert(
    fc.property(groups, fc.double({ min: 0.5, max: 0.99, noNaN: true }), ([a, b], confidence) => {
      const { difference, p, ci } = welchTest(a, b, { confidence });
      expect(ci![0]).toBeLessThan(difference!);
      expect(ci![1]).toBeGreaterThan(difference!);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(ci![0] > 0 || ci![1] < 0).toBe(p! < 1 - confidence);
    }),
  );
});

test("a shift of both groups changes nothing, nor does a scale but the difference", () => {
  fc.assert(
    fc.property(groups, fc.constantFrom(1e6, 1e9, -1e9), ([a, b], shift) => {
      const plain = welchTest(a, b);
      const shifted = welchTest(
        a.map((value) => value + shift),
        b.map((value) => value + shift),
      );
      expect(shifted.difference).toBeCloseTo(plain.difference!, 5);
      expect(shifted.df).toBeCloseTo(plain.df!, 9);
      const scaled = welchTest(
        a.map((value) => value * 2 ** 900),
        b.map((value) => value * 2 ** 900),
      );
      expect(scaled.t).toBeCloseTo(plain.t!, 9);
      expect(scaled.p).toBeCloseTo(plain.p!, 9);
    }),
  );
});

test("one constant group is tested against the spread of the other", () => {
  // scipy.stats.ttest_ind([1, 2, 4], [3, 3], equal_var=False): t, df and p are those of one sample against 3
  const { t, df, p } = welchTest([1, 2, 4], [3, 3]);
  expect(t).toBeCloseTo(-0.7559289460184544, 14);
  expect(df).toBeCloseTo(2, 14);
  expect(p).toBeCloseTo(0.5286, 4);
});

test("too few values, no spread and values that are not finite are told, not hidden", () => {
  const none = { t: null, df: null, p: null, ci: null };
  expect(welchTest([1], [1, 2])).toMatchObject({ ...none, difference: -0.5, reason: "too_few" });
  expect(welchTest([], [1, 2])).toMatchObject({ ...none, difference: null, reason: "too_few" });
  expect(welchTest([0.1, 0.1, 0.1], [0.2, 0.2])).toMatchObject({
    ...none,
    difference: -0.1,
    reason: "constant",
  });
  expect(welchTest([1, Number.NaN, 2], [3, 5])).toMatchObject({ a: { n: 2, dropped: 1 }, reason: null });
  expect(() => welchTest([1, 2], [3, 5], { confidence: 2 })).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});

test("the moments of the groups give what the groups give", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      expect(welchTestOfMoments(moments(a), moments(b))).toEqual(welchTest(a, b));
    }),
  );
  // scipy.stats.ttest_ind_from_stats(7.5, 1.25, 40, 7.1, 2.5, 25, equal_var=False), SciPy 1.10.1
  const { t, p } = welchTestOfMoments(
    { n: 40, dropped: 0, mean: 7.5, sd: 1.25 },
    { n: 25, dropped: 0, mean: 7.1, sd: 2.5 },
  );
  expect(t).toBeCloseTo(0.743984887960444, 12);
  expect(p).toBeCloseTo(0.46238041062590696, 12);
});
