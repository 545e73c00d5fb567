import { compensatedSum } from "./compensated-sum.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import type { Moments } from "./moments.ts";
import { studentQuantile } from "./student-quantile.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

/** Two groups of values whose difference of means, a minus b, counts `weight` times; below 0 to subtract it. */
export interface WeightedDifference {
  readonly weight: number;
  readonly a: Moments;
  readonly b: Moments;
}

/** A weighted sum of differences of means, and what a t-test says about it. */
export interface ContrastTest {
  /** The sum; null if a group is empty, or there is none. */
  readonly difference: number | null;
  readonly standardError: number | null;
  /** The difference in units of its standard error. */
  readonly t: number | null;
  /** Degrees of freedom. */
  readonly df: number | null;
  /** Two-sided p-value of a sum of 0. */
  readonly p: number | null;
  /** Confidence interval of the difference. */
  readonly ci: readonly [number, number] | null;
  /** Why there is no test: no group or one with fewer than two values, or no spread in any; else null. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * Tests a weighted sum of differences of means, without taking any two spreads to be equal: one difference of
 * weight 1 is Welch's test; shares as weights make a stratified difference; weights 1 and -1 a difference of
 * differences. Weights are taken as given, not as estimated. Exchanging a and b everywhere changes the sign alone.
 *
 * @throws HeedError `INVALID_QUERY` if the confidence is not between 0 and 1.
 *
 * Source: F. E. Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics
 * Bulletin 2 (1946), 110-114.
 *
 * @example
 * const [a, b] = [moments([5, 6, 7, 8]), moments([1, 2, 3])];
 * contrastTest([{ weight: 1, a, b }]); // difference 4.5, t 5.196..., df 4.96...
 */
export function contrastTest(
  differences: readonly WeightedDifference[],
  options: IntervalOptions = {},
): ContrastTest {
  const level = upperLevel(options);
  const missing = { standardError: null, t: null, df: null, p: null, ci: null };
  const terms = differences.flatMap(({ weight, a, b }) =>
    a.mean === null || b.mean === null ? [] : [weight * (a.mean - b.mean)],
  );
  if (terms.length === 0 || terms.length < differences.length)
    return { ...missing, difference: null, reason: "too_few" };

  const difference = compensatedSum(Float64Array.from(terms));
  const errors = differences.map(({ weight, a, b }) => [errorOf(weight, a), errorOf(weight, b)] as const);
  if (errors.flat().some(Number.isNaN)) return { ...missing, difference, reason: "too_few" };
  const standardError = errors.reduce((sum, [ofA, ofB]) => Math.hypot(sum, Math.hypot(ofA, ofB)), 0);
  if (standardError === 0) return { ...missing, difference, reason: "constant" };

  // Shares of the variance, as its square would overflow on large values.
  const lost = differences.map(({ a, b }, at) => {
    const [ofA, ofB] = errors[at]!;
    return (ofA / standardError) ** 4 / (a.n - 1) + (ofB / standardError) ** 4 / (b.n - 1);
  });
  const df = 1 / compensatedSum(Float64Array.from(lost));
  const t = difference / standardError;
  const margin = studentQuantile(level, df) * standardError;
  const ci = [difference - margin, difference + margin] as const;
  return { difference, standardError, t, df, p: studentTwoSidedP(t, df), ci, reason: null };
}

/** What a group adds to the standard error; NaN where its spread is unknown. */
const errorOf = (weight: number, { n, sd }: Moments): number =>
  sd === null ? Number.NaN : (Math.abs(weight) * sd) / Math.sqrt(n);
