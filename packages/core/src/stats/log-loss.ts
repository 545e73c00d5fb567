import { compensatedSum } from "./compensated-sum.ts";
import { labelledProbabilities } from "./labelled-scores.ts";
import type { Numbers } from "./numbers.ts";

/**
 * The logarithmic loss, in nats: the mean of `-ln` of the probability that was given to what came true. 0 is
 * best, ln 2 is a coin's. Null without pairs.
 *
 * A probability of 0 or 1 is moved inward by 2^-52, as in scikit-learn, so that one certain error costs 36
 * and not infinity. Pairs with a number that is not finite are left out.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a probability is not from 0 to 1, or a
 * label neither 0 nor 1.
 *
 * Source: I. J. Good, "Rational decisions", Journal of the Royal Statistical Society B 14 (1952), 107-114.
 *
 * @example
 * logLoss([0.9, 0.2, 0.6], [1, 0, 0]); // 0.414...
 */
export function logLoss(probabilities: Numbers, labels: Numbers): number | null {
  const { n, scores, labels: truths } = labelledProbabilities(probabilities, labels);
  if (n === 0) return null;
  const inward = scores.map((p) => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p)));
  return compensatedSum(inward.map((p, i) => -(truths[i] === 1 ? Math.log(p) : Math.log1p(-p)))) / n;
}
