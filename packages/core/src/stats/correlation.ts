import { centredSums } from "./centred-sums.ts";
import { correlationInference } from "./correlation-inference.ts";
import type { FinitePairs } from "./finite-pairs.ts";
import { isConstant } from "./is-constant.ts";
import { nearMean } from "./near-mean.ts";
import { isSafe, safeScale } from "./safe-scale.ts";

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
  /** Confidence interval; null for fewer than four pairs, of Kendall's tau fewer than five. */
  readonly ci: readonly [number, number] | null;
  /** Why something above is null; null when nothing is. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * The product-moment correlation of two columns, with the p-value and interval of `correlationInference`.
 *
 * @param upperLevel the probability below the upper end of the interval
 * @param standardError that of `atanh(r)`
 */
export function correlation(
  { x, y, dropped, nearMeans }: FinitePairs,
  upperLevel: number,
  standardError: (r: number, n: number) => number,
): Correlation {
  const n = x.length;
  const missing = { n, dropped, r: null, p: null, ci: null };
  if (n < 2) return { ...missing, reason: "too_few" };
  if (isConstant(x) || isConstant(y)) return { ...missing, reason: "constant" };

  const r = coefficient(x, y, nearMeans);
  const { p, ci } = correlationInference(r, n, upperLevel, standardError);
  return { n, dropped, r, p, ci, reason: ci === null ? "too_few" : null };
}

function coefficient(x: Float64Array, y: Float64Array, [meanX, meanY]: readonly [number, number]): number {
  // What the means are off by, `centredSums` makes up for.
  let sums = centredSums(x, meanX, y, meanY);
  if (!isSafe(sums.xx) || !isSafe(sums.yy)) {
    const [scaledX, scaledY] = [safeScale(x).values, safeScale(y).values];
    sums = centredSums(scaledX, nearMean(scaledX), scaledY, nearMean(scaledY));
  }
  return Math.max(-1, Math.min(1, sums.xy / Math.sqrt(sums.xx * sums.yy)));
}
