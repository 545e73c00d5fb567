import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import type { Numbers } from "./numbers.ts";
import { type WeightedCorrelation, weightedCorrelation } from "./weighted-correlation.ts";
import { weightedMidranks } from "./weighted-midranks.ts";
import { weightedPairs } from "./weighted-pairs.ts";

/**
 * Spearman's rank correlation where some pairs count for more than others: the weighted Pearson correlation of the
 * weighted midranks. A pair of weight 2 is exactly two such pairs, so the coefficient is that of the population which
 * the weights stand for.
 *
 * P-value and interval are those of `spearman` for Kish's effective number of pairs in place of their number.
 *
 * @throws HeedError `INVALID_QUERY`, as `weightedPearson`.
 *
 * Source: Bross 1958 for the ranks, see `weightedMidranks`; Bonett and Wright 2000 for the interval, see `spearman`.
 *
 * @example
 * weightedSpearman([1, 2, 3, 4, 5], [1, 4, 9, 25, 16], [1, 1, 1, 1, 4]); // r 0.729..., effectiveSize 3.2
 */
export function weightedSpearman(
  x: Numbers,
  y: Numbers,
  weights: Numbers,
  options: IntervalOptions = {},
): WeightedCorrelation {
  const pairs = weightedPairs(x, y, { weights });
  const ranked = {
    ...pairs,
    x: weightedMidranks(pairs.x, pairs.weights),
    y: weightedMidranks(pairs.y, pairs.weights),
  };
  return weightedCorrelation(ranked, upperLevel(options), (r, n) => Math.sqrt((1 + (r * r) / 2) / (n - 3)));
}
