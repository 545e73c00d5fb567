import fc from "fast-check";
import { wilcoxonRankSum } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { groups } from "./fixtures/groups.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { twoSamples } from "./fixtures/two-samples.ts";
import { mannWhitneyTest, mannWhitneyTestOfCounts } from "./mann-whitney-test.ts";

describe.each(twoSamples)("on $name", ({ groups, mannWhitney, means }) => {
  test.skipIf(groups === null)("U and p are SciPy's", () => {
    const { u1, z, p, n } = mannWhitneyTest(groups!.a, groups!.b);
    expect(n).toEqual([groups!.a.length, groups!.b.length]);
    expect(u1).toBe(mannWhitney.u1);
    expect(relativeError(p, mannWhitney.p)).toBeLessThan(1e-9);
    expect(Math.abs(means[0] - means[1]) < 0.5 || Math.sign(z!) === Math.sign(means[0] - means[1])).toBe(
      true,
    );
  });
});

test("U counts the pairs in which a has the larger value", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      const larger = a.flatMap((one) => b.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
      const { u1, p } = mannWhitneyTest(a, b);
      expect(u1).toBe(larger.reduce<number>((sum, count) => sum + count, 0));
      expect(u1).toBe(wilcoxonRankSum(a, b) - (a.length * (a.length + 1)) / 2);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
    }),
  );
});

test("swapping the groups turns the sign of z, and a rising transformation changes nothing", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      const there = mannWhitneyTest(a, b);
      const back = mannWhitneyTest(b, a);
      expect(back.z! + there.z!).toBe(0);
      expect(back.p).toBe(there.p);
      const cubed = (values: readonly number[]) => values.map((value) => value ** 3 + 1e6);
      expect(mannWhitneyTest(cubed(a), cubed(b))).toEqual(there);
    }),
  );
});

test("equal halves have z 0 and p 1", () => {
  expect(mannWhitneyTest([1, 2, 3], [3, 2, 1])).toMatchObject({ u1: 4.5, z: 0, p: 1, reason: null });
});

test("an empty group and nothing but equal values are told, not hidden", () => {
  expect(mannWhitneyTest([Number.NaN], [1, 2])).toEqual({
    n: [0, 2],
    dropped: 1,
    u1: null,
    z: null,
    p: null,
    reason: "too_few",
  });
  expect(mannWhitneyTest([7, 7], [7, 7, 7])).toMatchObject({ u1: 3, z: null, p: null, reason: "constant" });
});

test("counts of values give what the values give, and values in neither group change nothing", () => {
  const ofCounts = mannWhitneyTestOfCounts({ a: [0, 0, 0, 1, 3], b: [1, 1, 0, 2, 0] });
  expect(ofCounts).toEqual(mannWhitneyTest([4, 5, 5, 5], [1, 2, 4, 4]));
});
