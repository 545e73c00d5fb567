import { type Correlation, correlation } from "./correlation.ts";
import { finitePairs } from "./finite-pairs.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { midranks } from "./midranks.ts";
import type { Numbers } from "./numbers.ts";

/**
 * Spearman's rank correlation: how far two columns rise and fall together, in a line or not, from -1 to 1. It
 * is Pearson's correlation of the midranks, so ties are right, and any rising transformation of a column
 * leaves it as it is.
 *
 * Pairs with a number that is not finite are dropped and counted. The p-value is the usual one by Student's
 * t; the interval takes `sqrt((1 + r^2 / 2) / (n - 3))` as the standard error of `atanh(r)`.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length or the confidence is not in (0, 1).
 *
 * Source: D. G. Bonett, T. A. Wright, "Sample size requirements for estimating Pearson, Kendall and Spearman
 * correlations", Psychometrika 65 (2000), 23-28.
 *
 * @example
 * spearman([1, 2, 3, 4, 5], [1, 4, 9, 25, 16]); // r 0.9, p 0.037...
 */
export function spearman(x: Numbers, y: Numbers, options: IntervalOptions = {}): Correlation {
  const pairs = finitePairs(x, y);
  const mean = (pairs.x.length + 1) / 2;
  const ranked = {
    x: midranks(pairs.x),
    y: midranks(pairs.y),
    dropped: pairs.dropped,
    nearMeans: [mean, mean],
  } as const;
  return correlation(ranked, upperLevel(options), (r, n) => Math.sqrt((1 + (r * r) / 2) / (n - 3)));
}
