import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { noncentralStudentUpperTail } from "./noncentral-student-upper-tail.ts";
import { studentQuantile } from "./student-quantile.ts";

/**
 * The power of a two-sided t-test between two groups of equal size: how often it finds a true difference of that size.
 * Null for fewer than two values a group.
 *
 * Both sides count: a significant difference of the wrong sign is part of it, as in statsmodels and R.
 *
 * @param effectSize the difference of the means in standard deviations (Cohen's d); its sign makes no difference
 * @param nPerArm values in each group, whole or not
 *
 * @throws HeedError `INVALID_QUERY` if the confidence is not between 0 and 1.
 *
 * Source: J. Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988), chapter 2, by the noncentral t.
 *
 * @example
 * studentPower(0.5, 64); // 0.801...
 */
export function studentPower(
  effectSize: number,
  nPerArm: number,
  options: IntervalOptions = {},
): number | null {
  const level = upperLevel(options);
  if (!(nPerArm >= 2)) return null;
  const df = 2 * (nPerArm - 1);
  const critical = studentQuantile(level, df);
  const shift = effectSize * Math.sqrt(nPerArm / 2);
  return noncentralStudentUpperTail(critical, df, shift) + noncentralStudentUpperTail(critical, df, -shift);
}
