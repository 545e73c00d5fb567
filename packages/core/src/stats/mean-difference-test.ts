import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import type { Moments } from "./moments.ts";
import { studentQuantile } from "./student-quantile.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

/** Two groups of values and what a t-test says about the difference of their means, always a minus b. */
export interface MeanDifferenceTest {
  readonly a: Moments;
  readonly b: Moments;
  /** Mean of a minus mean of b; null if either group is empty. */
  readonly difference: number | null;
  /** The difference in units of its standard error. */
  readonly t: number | null;
  /** Degrees of freedom. */
  readonly df: number | null;
  /** Two-sided p-value of equal means. */
  readonly p: number | null;
  /** Confidence interval of the difference. */
  readonly ci: readonly [number, number] | null;
  /** Why there is no test: fewer than two values in a group, or no spread in either; else null. */
  readonly reason: "too_few" | "constant" | null;
}

interface Group {
  readonly n: number;
  readonly sd: number;
}

/** A t-test of two means; `errorOf` gives the standard error of their difference and its df. */
export function meanDifferenceTest(
  a: Moments,
  b: Moments,
  options: IntervalOptions,
  errorOf: (a: Group, b: Group) => { readonly standardError: number; readonly df: number },
): MeanDifferenceTest {
  const level = upperLevel(options);
  const difference = a.mean === null || b.mean === null ? null : a.mean - b.mean;
  const missing = { a, b, difference, t: null, df: null, p: null, ci: null };
  if (difference === null || a.sd === null || b.sd === null) return { ...missing, reason: "too_few" };
  if (a.sd === 0 && b.sd === 0) return { ...missing, reason: "constant" };

  const { standardError, df } = errorOf({ n: a.n, sd: a.sd }, { n: b.n, sd: b.sd });
  const t = difference / standardError;
  const margin = studentQuantile(level, df) * standardError;
  const ci = [difference - margin, difference + margin] as const;
  return { a, b, difference, t, df, p: studentTwoSidedP(t, df), ci, reason: null };
}
