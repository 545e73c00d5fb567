import type { EvaluatorMetrics } from "@heed/schema";
import type { ComparisonSettings } from "./comparison-options.ts";
import { describeMoves, guardSegments, type Moves } from "./describe-moves.ts";
import { type GateReason, type GuardedSegment, judgeCandidate } from "./judge-candidate.ts";
import {
  type HeldOut,
  measureGainOnBaseRate,
  measureGains,
  measurePredictions,
  type Predictions,
} from "./measure-predictions.ts";
import type { LabelledOutput } from "./read-labels.ts";
import type { SplitLabels } from "./split-labels.ts";

/** What predictions came to on the held-out outputs. */
export interface ProofReport {
  /** On the held-out outputs. */
  readonly metrics: EvaluatorMetrics;
  /** Above 0 is better than the present evaluator, of every measure. */
  readonly gains: EvaluatorMetrics;
  /** In Brier score, against giving every output the share of good labels: that of the held-out outputs themselves. */
  readonly gainOnBaseRate: EvaluatorMetrics["brier"];
  readonly segments: readonly GuardedSegment[];
  readonly moved: Moves;
  /** What speaks against it; nothing where it may take over. */
  readonly reasons: readonly GateReason[];
}

interface Proving {
  readonly split: SplitLabels;
  /** What the present evaluator says of the held-out outputs. */
  readonly present: Predictions;
  /** Labels by which it is told where verdicts moved. */
  readonly movedBy: readonly string[];
  readonly settings: Pick<
    ComparisonSettings,
    "confidence" | "resamples" | "seed" | "guard" | "guardSmallest"
  >;
}

/** The gate, set up: measures the present evaluator, and then whatever predictions are to be proved against it. */
export const predictionProver = ({ split, present, movedBy, settings }: Proving) => {
  const { unseen } = split;
  const heldOut: HeldOut = {
    labels: labelsOf(unseen),
    humanScores: Float64Array.from(unseen, ({ humanScore }) => humanScore),
    weights: outputWeights(unseen),
    groups: split.unseenGroups,
  };
  const measured = measurePredictions(present, heldOut, settings);
  const prove = (predictions: Predictions): ProofReport => {
    const own = measurePredictions(predictions, heldOut, settings);
    const gains = measureGains(own, measured, heldOut, settings);
    const gainOnBaseRate = measureGainOnBaseRate(own, heldOut, settings);
    const segments = guardSegments(unseen, present, predictions, settings);
    return {
      metrics: own.metrics,
      gains,
      gainOnBaseRate,
      segments,
      moved: describeMoves(unseen, present, predictions, movedBy),
      reasons: judgeCandidate({ gains, gainOnBaseRate, segments }),
    };
  };
  return { presentMetrics: measured.metrics, groups: new Set(heldOut.groups).size, prove };
};

/** 1 where humans say good, else 0. */
export const labelsOf = (outputs: readonly LabelledOutput[]): Float64Array =>
  Float64Array.from(outputs, ({ label }) => label);

/** What each output counts for. */
export const outputWeights = (outputs: readonly LabelledOutput[]): Float64Array =>
  Float64Array.from(outputs, ({ weight }) => weight);
