import type { MeanDifferenceTest } from "./mean-difference-test.ts";
import type { Moments } from "./moments.ts";
import type { Numbers } from "./numbers.ts";
import { studentTest, studentTestOfMoments } from "./student-test.ts";

/** How far two means lie apart, in pooled standard deviations, a minus b. */
export interface StandardizedDifference {
  /** Cohen's d: too large on small samples. */
  readonly cohensD: number;
  /** Hedges' g: d with that bias taken off. */
  readonly hedgesG: number;
}

/**
 * Hedges' g and Cohen's d, the effect sizes beside a t-test: the difference of two means, a minus b, in units
 * of the pooled standard deviation. Null if a group has fewer than two finite values, or neither any spread.
 *
 * Source: L. V. Hedges, "Distribution theory for Glass's estimator of effect size and related estimators",
 * Journal of Educational Statistics 6 (1981), 107-128: `g = d (1 - 3 / (4 df - 1))`.
 *
 * @example
 * hedgesG([5, 6, 7, 8], [1, 2, 3]); // { cohensD: 3.80..., hedgesG: 3.20... }
 */
export function hedgesG(a: Numbers, b: Numbers): StandardizedDifference | null {
  return standardizedDifference(studentTest(a, b));
}

/** `hedgesG` of counts, means and standard deviations. */
export function hedgesGOfMoments(a: Moments, b: Moments): StandardizedDifference | null {
  return standardizedDifference(studentTestOfMoments(a, b));
}

function standardizedDifference(test: MeanDifferenceTest): StandardizedDifference | null {
  if (test.t === null || test.df === null) return null;
  const cohensD = test.t * Math.sqrt(1 / test.a.n + 1 / test.b.n);
  return { cohensD, hedgesG: cohensD * (1 - 3 / (4 * test.df - 1)) };
}
