import type { IntervalOptions } from "./interval-options.ts";
import { type MeanDifferenceTest, meanDifferenceTest } from "./mean-difference-test.ts";
import { type Moments, moments } from "./moments.ts";
import type { Numbers } from "./numbers.ts";
import { welchError } from "./welch-error.ts";

/**
 * Welch's t-test: whether two groups differ in their means, without taking their spreads to be equal. The
 * test to prefer, as it loses next to nothing when they are.
 *
 * Signs are those of a minus b, as in SciPy and R: give `(after, before)` to see a gain as a positive number.
 * Values that are not finite are dropped and counted.
 *
 * @throws HeedError `INVALID_QUERY` if the confidence is not between 0 and 1.
 *
 * Source: B. L. Welch, "The generalization of 'Student's' problem when several different population variances
 * are involved", Biometrika 34 (1947), 28-35; degrees of freedom after Satterthwaite (1946).
 *
 * @example
 * welchTest([5, 6, 7, 8], [1, 2, 3]); // difference 4.5, t 5.196..., df 4.96..., p 0.0035...
 */
export function welchTest(a: Numbers, b: Numbers, options: IntervalOptions = {}): MeanDifferenceTest {
  return welchTestOfMoments(moments(a), moments(b), options);
}

/**
 * `welchTest` where the values are gone and their counts, means and standard deviations are left, as of two
 * published tables or of a grouped query.
 *
 * @example
 * const a = { n: 4, dropped: 0, mean: 6.5, sd: 1.29 };
 * welchTestOfMoments(a, { n: 3, dropped: 0, mean: 2, sd: 1 }); // difference 4.5, t 5.19...
 */
export function welchTestOfMoments(
  a: Moments,
  b: Moments,
  options: IntervalOptions = {},
): MeanDifferenceTest {
  return meanDifferenceTest(a, b, options, welchError);
}
