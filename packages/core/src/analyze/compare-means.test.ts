import { expect, test } from "vitest";
import { addValue, emptyMoments } from "../stats/moment-sums.ts";
import { compareMeans } from "./compare-means.ts";

const sumsOf = (values: readonly number[]) => {
  const sums = emptyMoments();
  for (const value of values) addValue(sums, value);
  return sums;
};
const same = (count: number, value: number) => sumsOf(new Array<number>(count).fill(value));

test("groups of which one varies are compared by Welch's test", () => {
  const { p, ci } = compareMeans(sumsOf([1, 1.5, 2.5]), sumsOf([4, 5, 4, 2]));
  // scipy.stats.ttest_ind([1, 1.5, 2.5], [4, 5, 4, 2], equal_var=False).pvalue
  expect(p).toBeCloseTo(0.04310755873408068, 10);
  expect(ci![0]).toBeLessThan(ci![1]);
  expect(compareMeans(same(9, 2), sumsOf([4, 5, 4, 2])).ci).not.toBeNull();
});

test("groups that do not vary are compared by the share of permutations that part their values as far", () => {
  // Of the 20 ways to deal three values of each kind to two groups of three, two part them altogether.
  expect(compareMeans(same(3, 5), same(3, 1))).toEqual({ p: expect.closeTo(2 / 20, 15), ci: null });
  // scipy.stats.fisher_exact([[40, 0], [0, 40]]).pvalue
  expect(compareMeans(same(40, 5), same(40, 1)).p! / 1.8603403656036264e-23).toBeCloseTo(1, 8);
  expect(compareMeans(same(3, 5), same(4, 5))).toEqual({ p: 1, ci: null });
});

test("where neither group varies, fewer than two values are none to compare, as for Welch", () => {
  for (const few of [same(0, 0), same(1, 1)]) {
    expect(compareMeans(few, same(9, 5))).toEqual({ p: null, ci: null });
    expect(compareMeans(same(9, 5), few)).toEqual({ p: null, ci: null });
  }
});
