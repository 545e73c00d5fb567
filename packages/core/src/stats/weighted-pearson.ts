import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import type { Numbers } from "./numbers.ts";
import { type WeightedCorrelation, weightedCorrelation } from "./weighted-correlation.ts";
import { weightedPairs } from "./weighted-pairs.ts";

/**
 * Pearson's correlation where some pairs count for more than others, as those of a group that seldom answers.
 *
 * The coefficient is that of the weighted moments; p-value and interval are those of `pearson` for Kish's effective
 * number of pairs in place of their number. Equal weights give what `pearson` gives; a pair of weight 0 is as if it
 * were not there.
 *
 * @throws HeedError `INVALID_QUERY` if columns differ in length, a weight is negative or not finite, or the
 * confidence is not in (0, 1).
 *
 * @example
 * weightedPearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], [1, 1, 1, 1, 4]); // r 0.885..., effectiveSize 3.2
 */
export function weightedPearson(
  x: Numbers,
  y: Numbers,
  weights: Numbers,
  options: IntervalOptions = {},
): WeightedCorrelation {
  const pairs = weightedPairs(x, y, { weights });
  return weightedCorrelation(pairs, upperLevel(options), (_, n) => 1 / Math.sqrt(n - 3));
}
