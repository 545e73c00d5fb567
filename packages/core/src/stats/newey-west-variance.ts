import { compensatedSum } from "./compensated-sum.ts";

/**
 * The variance of the sum of contributions that come one after another and depend on those up to `lag` steps before:
 * their squares, and twice the products at each distance with a weight that falls in a straight line. Never below 0.
 *
 * Source: W. K. Newey, K. D. West, "A simple, positive semi-definite, heteroskedasticity and autocorrelation
 * consistent covariance matrix", Econometrica 55 (1987), 703-708, with Bartlett's weights `1 - l / (lag + 1)`.
 *
 * @param contributions in order of time, with mean 0; a 0 for each time that is missing
 */
export function neweyWestVariance(contributions: Float64Array, lag: number): number {
  const terms = Array.from({ length: Math.min(lag + 1, contributions.length) }, (_, distance) => {
    const weight = distance === 0 ? 1 : 2 * (1 - distance / (lag + 1));
    const products = contributions.subarray(distance).map((value, t) => value * contributions[t]!);
    return weight * compensatedSum(products);
  });
  return Math.max(0, compensatedSum(Float64Array.from(terms)));
}
