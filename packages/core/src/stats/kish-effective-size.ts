import { compensatedSum } from "./compensated-sum.ts";
import type { Numbers } from "./numbers.ts";
import { requireWeights } from "./require-weights.ts";

/**
 * Kish's effective sample size: how many rows of equal weight would give as sure a mean as these weights do,
 * from 1 to the number of rows; null if no weight is above 0.
 *
 * Equal weights give exactly their number. It takes the weights to have nothing to do with the values: where
 * they have, as after a post-stratification that explains the values, the mean is surer than this says.
 *
 * @throws HeedError `INVALID_QUERY` if a weight is negative or not finite.
 *
 * Source: L. Kish, "Survey Sampling", Wiley 1965: `(Σw)^2 / Σw^2`.
 *
 * @example
 * kishEffectiveSize([1, 1, 1, 3]); // 3
 */
export function kishEffectiveSize(weights: Numbers): number | null {
  const column = requireWeights(weights, weights.length);
  const largest = column.reduce((max, weight) => Math.max(max, weight), 0);
  if (largest === 0) return null;
  const shares = column.map((weight) => weight / largest); // no overflow, and exact for equal weights
  return compensatedSum(shares) ** 2 / compensatedSum(shares.map((share) => share * share));
}
