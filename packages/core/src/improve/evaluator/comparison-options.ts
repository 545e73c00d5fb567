import type { CellWeights } from "../../bias/cell-weights.ts";
import { type FlaggedFeedback, requireFlagged } from "../../bias/trust-in.ts";
import {
  requireConfidence,
  requireCount,
  requireHumanThreshold,
  requirePeriod,
  requireSeed,
  requireTexts,
  requireThat,
} from "../../check-options.ts";
import type { GroupKey } from "./group-outputs.ts";
import { fewestLabels } from "./what-is-short.ts";

/** How labels are read, parted, and two evaluators measured on them. */
export interface ComparisonOptions {
  /**
   * The name of the present evaluator's score.
   * @default "overall"
   */
  readonly score?: string | undefined;
  /**
   * The present evaluator says good from this score on.
   * @default 0.7; where scores leave 0 to 1, the one that agrees best with the training labels
   */
  readonly evaluatorThreshold?: number | undefined;
  /**
   * The lowest and the highest score that the present evaluator gives, which stand for the probabilities 0 and 1.
   * @default [0, 1], or the ends of the training scores where these leave it
   */
  readonly scoreRange?: readonly [low: number, high: number] | undefined;
  /**
   * Humans say good above this human score, 1 to 5, and bad below; at it they have no verdict.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * Share of the labels that are held out, from 0.1 to 0.5.
   * @default 0.3, or more where it takes that for 24 groups
   */
  readonly holdout?: number | undefined;
  /**
   * What is never on both sides: `user`, `prompt`, or the value of a label. Where too few groups would be left, the first
   * are let go, and the answer says so.
   * @default ["user", "prompt", "conversationId"]
   */
  readonly groupBy?: readonly GroupKey[] | undefined;
  /**
   * Labels whose kinds of output are guarded.
   * @default ["model", "promptVersion", "userCohort"]
   */
  readonly guard?: readonly string[] | undefined;
  /**
   * Held-out outputs that a kind needs to be guarded: of fewer, five points are chance.
   * @default 100
   */
  readonly guardSmallest?: number | undefined;
  /** What each label counts for, from `weightFeedbackForBalance`. */
  readonly weights?: CellWeights | undefined;
  /**
   * Feedback that counts for less, or for nothing: as `flagSuspiciousFeedback` gives it, or a list of your own.
   * @default []
   */
  readonly flagged?: readonly FlaggedFeedback[] | undefined;
  /**
   * The most labels to read, the newest.
   * @default 50000
   */
  readonly mostLabels?: number | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
  /**
   * Samples that intervals are drawn from, fewer where that would take long.
   * @default 1000
   */
  readonly resamples?: number | undefined;
  /**
   * Where the random numbers start: the same seed gives the same split and the same answer.
   * @default 1
   */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The options with their defaults, checked. */
export const comparisonSettings = (options: ComparisonOptions) => {
  const { score = "overall", humanThreshold = 3, holdout = 0.3, confidence = 0.95, seed = 1 } = options;
  const { mostLabels = 50_000, guardSmallest = 100, scoreRange, evaluatorThreshold } = options;
  const groupBy = options.groupBy ?? ["user", "prompt", "conversationId"];
  const guard = options.guard ?? ["model", "promptVersion", "userCohort"];
  const flagged = options.flagged ?? [];
  requirePeriod(options);
  requireConfidence(confidence);
  requireSeed(seed);
  requireHumanThreshold(humanThreshold);
  requireFlagged(flagged);
  for (const [name, texts] of Object.entries({ groupBy, guard })) requireTexts(name, texts);
  requireThat(holdout >= 0.1 && holdout <= 0.5, "holdout is not between 0.1 and 0.5");
  requireCount("mostLabels", mostLabels, fewestLabels);
  requireThat(guardSmallest >= 1, "guardSmallest is not at least 1");
  requireThat(!scoreRange || scoreRange[0] < scoreRange[1], "scoreRange does not rise");
  requireThat(
    evaluatorThreshold === undefined || Number.isFinite(evaluatorThreshold),
    "evaluatorThreshold is not a finite number",
  );
  return {
    score,
    humanThreshold,
    holdout,
    confidence,
    seed,
    mostLabels,
    guardSmallest,
    scoreRange,
    evaluatorThreshold,
    groupBy,
    guard,
    flagged,
    resamples: options.resamples ?? 1000,
    weights: options.weights,
    since: options.since,
    until: options.until,
    signal: options.signal,
  };
};

export type ComparisonSettings = ReturnType<typeof comparisonSettings>;
