import { HeedError } from "../errors.ts";
import type { Numbers } from "./numbers.ts";
import { type WeightOptions, weightedPairs } from "./weighted-pairs.ts";

/** Scores beside what was true. */
export interface LabelledScores {
  readonly n: number;
  readonly scores: Float64Array;
  /** 1 or 0. */
  readonly labels: Float64Array;
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** What each pair counts. */
  readonly weights: Float64Array;
  /** Labels that are 1, by weight. */
  readonly positives: number;
}

/**
 * The pairs of a score and a label in which both are finite, and what each counts.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a label is neither 0 nor 1, or a weight is
 * negative or not finite.
 */
export function labelledScores(
  scores: Numbers,
  labels: Numbers,
  options: WeightOptions = {},
): LabelledScores {
  const { x, y, weights, dropped } = weightedPairs(scores, labels, options);
  if (!y.every((label) => label === 0 || label === 1))
    throw new HeedError("INVALID_QUERY", "a label is neither 0 nor 1");
  const positives = y.reduce((sum, label, i) => sum + label * weights[i]!, 0);
  return { n: x.length, scores: x, labels: y, weights, dropped, positives };
}

/**
 * The same for scores that are probabilities of a label of 1.
 *
 * @throws HeedError `INVALID_QUERY` also if a score does not lie from 0 to 1.
 */
export function labelledProbabilities(
  probabilities: Numbers,
  labels: Numbers,
  options: WeightOptions = {},
): LabelledScores {
  const labelled = labelledScores(probabilities, labels, options);
  if (!labelled.scores.every((p) => p >= 0 && p <= 1))
    throw new HeedError("INVALID_QUERY", "a probability is not from 0 to 1");
  return labelled;
}
