import { compensatedSum } from "./compensated-sum.ts";
import { labelledProbabilities } from "./labelled-scores.ts";
import type { Numbers } from "./numbers.ts";
import type { WeightOptions } from "./weighted-pairs.ts";

/**
 * The Brier score: the mean squared distance of predicted probabilities from what came true, 0 for certainty
 * that is always right, 1 for such that is always wrong. It rewards both calibration and knowledge. Null
 * without pairs.
 *
 * Pairs with a number that is not finite are left out.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a probability is not from 0 to 1, or a
 * label neither 0 nor 1.
 *
 * Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review
 * 78 (1950), 1-3, in the form for two classes.
 *
 * @example
 * brierScore([0.9, 0.2, 0.6], [1, 0, 0]); // 0.136...
 */
export function brierScore(
  probabilities: Numbers,
  labels: Numbers,
  options: WeightOptions = {},
): number | null {
  const { n, scores, labels: truths, weights } = labelledProbabilities(probabilities, labels, options);
  if (n === 0) return null;
  return compensatedSum(scores.map((p, i) => weights[i]! * (p - truths[i]!) ** 2)) / compensatedSum(weights);
}
