import { quantileSorted } from "simple-statistics";
import { normalUpperTail } from "./normal-upper-tail.ts";
import { studentQuantile } from "./student-quantile.ts";

/**
 * The interval that bootstrap estimates make: their percentiles, taken further out than the confidence asks for, as
 * far as Student's t with n - 1 degrees of freedom lies beyond the normal. Plain percentiles cover too seldom on few
 * units.
 *
 * @param estimates of the resamples, in any order, at least one
 * @param n what each resample drew, such as clusters, at least two
 * @param upperLevel the probability below the upper end of the interval
 *
 * Source: T. C. Hesterberg, "What teachers should know about the bootstrap", The American Statistician 69 (2015),
 * 371-386: the expanded percentile interval.
 */
export function expandedPercentiles(
  estimates: readonly number[],
  n: number,
  upperLevel: number,
): readonly [number, number] {
  const sorted = estimates.toSorted((a, b) => a - b);
  const below = normalUpperTail(studentQuantile(upperLevel, n - 1) * Math.sqrt(n / (n - 1)));
  return [quantileSorted(sorted, below), quantileSorted(sorted, 1 - below)];
}
