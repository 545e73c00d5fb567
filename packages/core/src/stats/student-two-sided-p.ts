import { regularizedIncompleteBeta } from "./regularized-incomplete-beta.ts";

/**
 * The two-sided p-value of Student's t: the probability of a t at least this far from 0, on either side.
 *
 * Relative error below 1e-12 down to p = 1e-300, for any positive number of degrees of freedom, whole or not,
 * and |t| to 1e150.
 *
 * Source: NIST DLMF 8.17 by `p = I_x(df / 2, 1 / 2)`, `x = df / (df + t^2)`; x comes with its complement,
 * since for large df it lies next to 1.
 *
 * @example
 * studentTwoSidedP(2.5, 10); // 0.0314...
 */
export function studentTwoSidedP(t: number, df: number): number {
  if (!(df > 0 && df < Number.POSITIVE_INFINITY)) return Number.NaN;
  const ratio = (t / df) * t;
  return regularizedIncompleteBeta(1 / (1 + ratio), df / 2, 0.5, ratio / (1 + ratio));
}
