import { HeedError } from "../errors.ts";
import { finitePairs } from "./finite-pairs.ts";
import type { Numbers } from "./numbers.ts";

/** Scores beside what was true. */
export interface LabelledScores {
  readonly n: number;
  readonly scores: Float64Array;
  /** 1 or 0. */
  readonly labels: Float64Array;
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** Labels that are 1. */
  readonly positives: number;
}

/**
 * The pairs of a score and a label in which both are finite.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length or a label is neither 0 nor 1.
 */
export function labelledScores(scores: Numbers, labels: Numbers): LabelledScores {
  const { x, y, dropped } = finitePairs(scores, labels);
  if (!y.every((label) => label === 0 || label === 1))
    throw new HeedError("INVALID_QUERY", "a label is neither 0 nor 1");
  return { n: x.length, scores: x, labels: y, dropped, positives: y.reduce((sum, label) => sum + label, 0) };
}

/**
 * The same for scores that are probabilities of a label of 1.
 *
 * @throws HeedError `INVALID_QUERY` also if a score does not lie from 0 to 1.
 */
export function labelledProbabilities(probabilities: Numbers, labels: Numbers): LabelledScores {
  const labelled = labelledScores(probabilities, labels);
  if (!labelled.scores.every((p) => p >= 0 && p <= 1))
    throw new HeedError("INVALID_QUERY", "a probability is not from 0 to 1");
  return labelled;
}
