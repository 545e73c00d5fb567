import { regularizedIncompleteGamma } from "./regularized-incomplete-gamma.ts";

/**
 * The probability that a chi-square variable with `df` degrees of freedom exceeds x: the p-value of a chi-square test.
 *
 * Relative error below 1e-11 down to 1e-300, for any positive df, whole or not. NaN unless df is above 0 and x from 0.
 *
 * Source: NIST DLMF 8.2, as `Q(df / 2, x / 2)`.
 *
 * @example
 * chiSquareUpperTail(3.84, 1); // 0.0500...
 */
export function chiSquareUpperTail(x: number, df: number): number {
  return regularizedIncompleteGamma(df / 2, x / 2).upper;
}
