import { centredSums } from "./centred-sums.ts";
import type { FinitePairs } from "./finite-pairs.ts";
import { isConstant } from "./is-constant.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { isSafe, safeScale } from "./safe-scale.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

/** A correlation coefficient, how sure it is, and on what it rests. */
export interface Correlation {
  /** Pairs in which both numbers are finite. */
  readonly n: number;
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** From -1 to 1; null for fewer than two pairs, or if either column is constant. */
  readonly r: number | null;
  /** Two-sided p-value of no correlation; null for fewer than three pairs. */
  readonly p: number | null;
  /** Confidence interval; null for fewer than four pairs. */
  readonly ci: readonly [number, number] | null;
  /** Why something above is null; null when nothing is. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * The product-moment correlation of two columns, with its p-value by Student's t with n - 2 degrees of
 * freedom, `t = r sqrt((n - 2) / ((1 - r)(1 + r)))`, and its interval by Fisher's transformation.
 *
 * @param upperLevel the probability below the upper end of the interval
 * @param standardError that of `atanh(r)`
 */
export function correlation(
  { x, y, dropped }: FinitePairs,
  upperLevel: number,
  standardError: (r: number, n: number) => number,
): Correlation {
  const n = x.length;
  const missing = { n, dropped, r: null, p: null, ci: null };
  if (n < 2) return { ...missing, reason: "too_few" };
  if (isConstant(x) || isConstant(y)) return { ...missing, reason: "constant" };

  const r = coefficient(x, y);
  const t = r * Math.sqrt((n - 2) / ((1 - r) * (1 + r)));
  const p = n < 3 ? null : studentTwoSidedP(t, n - 2);
  if (n < 4) return { n, dropped, r, p, ci: null, reason: "too_few" };

  const centre = Math.atanh(r);
  const margin = normalQuantile(upperLevel) * standardError(r, n);
  return { n, dropped, r, p, ci: [Math.tanh(centre - margin), Math.tanh(centre + margin)], reason: null };
}

function coefficient(x: Float64Array, y: Float64Array): number {
  let sums = sumsOf(x, y);
  if (!isSafe(sums.xx) || !isSafe(sums.yy)) sums = sumsOf(safeScale(x).values, safeScale(y).values);
  return Math.max(-1, Math.min(1, sums.xy / Math.sqrt(sums.xx * sums.yy)));
}

const sumsOf = (x: Float64Array, y: Float64Array) => centredSums(x, nearMean(x), y, nearMean(y));

/** A number close to the mean: `centredSums` makes up for what it is off, and plain sums take a third of the time. */
function nearMean(values: Float64Array): number {
  const { length } = values;
  let even = 0;
  let odd = 0;
  let i = 0;
  for (; i + 1 < length; i += 2) {
    even += values[i]!;
    odd += values[i + 1]!;
  }
  if (i < length) even += values[i]!;
  return (even + odd) / length;
}
