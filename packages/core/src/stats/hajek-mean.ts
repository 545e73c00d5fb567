import { linearisedMean, type WeightedMean, type WeightedMeanOptions } from "./linearised-mean.ts";
import type { Numbers } from "./numbers.ts";

/**
 * The mean of weighted values, `Σwy / Σw`, as of rows weighted by the inverse of their chance to be there, with its
 * standard error and interval. Equal weights give the plain mean, its standard error and Student's interval.
 *
 * The interval is Student's with the degrees of freedom of Satterthwaite, `(Σw^2)^2 / Σw^4 - 1`, which few large
 * weights make few; with clusters, w are the weights of those. A row of weight 0 is as if it were not there; values that are not finite are dropped and
 * counted.
 *
 * @throws HeedError `INVALID_QUERY` if columns differ in length, a weight is negative or not finite, a cluster is not
 * a whole number from 0, or the confidence is not between 0 and 1.
 *
 * Source: J. Hájek, comment on D. Basu, "Foundations of Statistical Inference", Toronto 1971; its variance
 * `n / (n - 1) Σ w^2 (y - mean)^2 / (Σw)^2`, as R's `survey::svymean`.
 *
 * @example
 * hajekMean([1, 2, 3, 4], [1, 1, 1, 3]).mean; // 3
 */
export function hajekMean(
  values: Numbers,
  weights: Numbers,
  options: WeightedMeanOptions = {},
): WeightedMean {
  return linearisedMean(values, weights, options);
}
