import { bestThreshold } from "../../stats/best-threshold.ts";
import type { ComparisonSettings } from "./comparison-options.ts";
import type { LabelledOutput } from "./read-labels.ts";

/** How scores are read: good from the threshold on, and as a probability by their place in the range. */
export interface ScoreScale {
  readonly threshold: number;
  readonly scoreRange: readonly [low: number, high: number];
}

/** The scores of a name; all outputs have it. */
export const scoresOf = (outputs: readonly LabelledOutput[], score: string): Float64Array =>
  Float64Array.from(outputs, ({ request }) => request.evalScores[score]!);

/** How the present evaluator's scores are read, by what was given of it or else by the training outputs. */
export const presentScale = (
  training: readonly LabelledOutput[],
  {
    score,
    scoreRange,
    evaluatorThreshold,
  }: Pick<ComparisonSettings, "score" | "scoreRange" | "evaluatorThreshold">,
): ScoreScale => {
  const seen = scoresOf(training, score);
  const lowest = seen.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = seen.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const isShare = lowest >= 0 && highest <= 1;
  const [low, high] = scoreRange ?? (isShare ? [0, 1] : [lowest, highest]);
  const best = (): number => {
    const labels = training.map(({ label }) => label);
    return bestThreshold(seen, labels, { criterion: "kappa" }).threshold ?? (low + high) / 2;
  };
  return { threshold: evaluatorThreshold ?? (isShare ? 0.7 : best()), scoreRange: [low, high] };
};

/** Scores as probabilities, by their place in the range; 0.5 where it is a point, which has no places. */
export const placeInRange = (scores: Float64Array, [low, high]: ScoreScale["scoreRange"]): Float64Array =>
  scores.map((value) => (low === high ? 0.5 : Math.min(1, Math.max(0, (value - low) / (high - low)))));
