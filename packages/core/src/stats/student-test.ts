import type { IntervalOptions } from "./interval-options.ts";
import { type MeanDifferenceTest, meanDifferenceTest } from "./mean-difference-test.ts";
import { type Moments, moments } from "./moments.ts";
import type { Numbers } from "./numbers.ts";
import { pooledSd } from "./pooled-sd.ts";

/**
 * Student's t-test with a pooled variance: whether two groups of equal spread differ in their means. Wrong
 * when the smaller group spreads more; here to compare with figures that were made with it.
 *
 * Signs, dropped values and errors are those of `welchTest`.
 *
 * Source: Student, "The probable error of a mean", Biometrika 6 (1908), 1-25; for two groups, Fisher 1925.
 *
 * @example
 * studentTest([5, 6, 7, 8], [1, 2, 3]); // difference 4.5, t 4.97..., df 5, p 0.0041...
 */
export function studentTest(a: Numbers, b: Numbers, options: IntervalOptions = {}): MeanDifferenceTest {
  return studentTestOfMoments(moments(a), moments(b), options);
}

/** `studentTest` of counts, means and standard deviations. */
export function studentTestOfMoments(
  a: Moments,
  b: Moments,
  options: IntervalOptions = {},
): MeanDifferenceTest {
  return meanDifferenceTest(a, b, options, (groupA, groupB) => {
    const standardError = pooledSd(groupA, groupB) * Math.sqrt(1 / groupA.n + 1 / groupB.n);
    return { standardError, df: groupA.n + groupB.n - 2 };
  });
}
