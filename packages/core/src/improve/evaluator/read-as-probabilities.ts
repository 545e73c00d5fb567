import { bestVerdictThreshold, fitCurve, meanOf, readCurve } from "./fit-curve.ts";
import { placeInRange, type ScoreScale } from "./present-scale.ts";
import { labelsOf, outputWeights } from "./prove-predictions.ts";
import type { LabelledOutput } from "./read-labels.ts";

interface Reading {
  /** Outputs that a curve is fitted to, and the scores of these. */
  readonly learning: readonly LabelledOutput[];
  readonly learned: Float64Array;
  /** The scores to read. */
  readonly scores: Float64Array;
  readonly scoreRange: ScoreScale["scoreRange"];
}

/** Reads scores as probabilities, by a curve; where there is nothing to fit one to, by their place in the range. */
export const readAsProbabilities = ({ learning, learned, scores, scoreRange }: Reading) => {
  if (learning.length === 0)
    return { curve: null, probability: placeInRange(scores, scoreRange), best: undefined };
  const truth = { labels: labelsOf(learning), weights: outputWeights(learning) };
  const curve = fitCurve(learned, truth);
  // A score that says the same of all, or outputs of one verdict alone, teach no more than a share.
  if (!curve)
    return { curve, probability: scores.map(() => meanOf(truth.labels, truth.weights)), best: undefined };
  return {
    curve,
    probability: readCurve(curve, scores),
    best: bestVerdictThreshold(readCurve(curve, learned), truth),
  };
};
