import { type Correlation, correlation } from "./correlation.ts";
import { finitePairs } from "./finite-pairs.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import type { Numbers } from "./numbers.ts";

/**
 * Pearson's correlation: how close two columns come to a straight line, from -1 to 1.
 *
 * Pairs with a number that is not finite are dropped and counted. The p-value is exact for normal data; the
 * interval is Fisher's, with the standard error `1 / sqrt(n - 3)` of `atanh(r)`. One far point can make or
 * hide such a correlation: read it beside Spearman's.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length or the confidence is not in (0, 1).
 *
 * Source: R. A. Fisher, "On the 'probable error' of a coefficient of correlation deduced from a small
 * sample", Metron 1 (1921), 3-32.
 *
 * @example
 * pearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]); // r 0.8, p 0.104..., ci [-0.279..., 0.986...]
 */
export function pearson(x: Numbers, y: Numbers, options: IntervalOptions = {}): Correlation {
  return correlation(finitePairs(x, y), upperLevel(options), (_, n) => 1 / Math.sqrt(n - 3));
}
