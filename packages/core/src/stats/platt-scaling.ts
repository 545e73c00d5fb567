import { compensatedSum } from "./compensated-sum.ts";
import { fitLogistic, type LogisticFit } from "./fit-logistic.ts";
import { labelledScores } from "./labelled-scores.ts";
import type { Numbers } from "./numbers.ts";
import type { WeightOptions } from "./weighted-pairs.ts";

/**
 * Platt scaling: the logistic curve that turns a score into the probability of a label of 1, for
 * `predictLogistic`.
 *
 * It is fitted to labels softened by how many there are, `(n1 + 1) / (n1 + 2)` and `1 / (n0 + 2)`, so it is
 * never certain and exists even where a score separates the labels. For few data; from about a thousand
 * labels isotonic regression may do better.
 *
 * Pairs with a number that is not finite are dropped and counted.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length or a label is neither 0 nor 1.
 *
 * Source: J. C. Platt, "Probabilistic outputs for support vector machines and comparisons to regularized
 * likelihood methods", in "Advances in Large Margin Classifiers", MIT Press (1999), 61-74.
 *
 * @example
 * plattScaling([1, 2, 3, 4], [0, 0, 1, 1]); // slope 0.908..., intercept -2.270...
 */
export function plattScaling(scores: Numbers, labels: Numbers, options: WeightOptions = {}): LogisticFit {
  const {
    n,
    scores: kept,
    labels: truths,
    weights,
    dropped,
    positives,
  } = labelledScores(scores, labels, options);
  if (n > 0 && truths.every((label) => label === truths[0]))
    return { n, dropped, slope: null, intercept: null, reason: "one_class" };
  const negatives = compensatedSum(weights) - positives;
  const softened = truths.map((label) =>
    label === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2),
  );
  return { ...fitLogistic(kept, softened, { weights }), dropped };
}
