import type { EvaluatorMetrics } from "@heed/schema";
import { excludesZero } from "../../bias/excludes-zero.ts";

/** Held-out outputs of one kind, and on how many the verdicts agree with the humans, in percent. */
export interface GuardedSegment {
  readonly label: string;
  readonly value: string;
  readonly n: number;
  readonly presentAccuracyPct: number;
  readonly candidateAccuracyPct: number;
  /** The same with good and bad outputs counting alike; null where there are only good ones, or only bad. */
  readonly presentBalancedAccuracyPct: number | null;
  readonly candidateBalancedAccuracyPct: number | null;
}

/** Why a candidate was not promoted. */
export type GateReason =
  /** The held-out outputs come in too few groups for an interval. */
  | "too_few_groups"
  /** The interval of the gain in Brier score does not lie above 0. */
  | "no_gain"
  /** It is no better than saying the same of every output. */
  | "knows_nothing"
  /** Its verdicts agree with the humans no better than those of the present evaluator, by kappa. */
  | "verdicts_no_better"
  /** On some kind of output its verdicts are right less often, by more than five points, balanced accuracy as well. */
  | "segment_falls";

/** How far a guarded segment may fall, in points of percent. */
const mostFallPct = 5;

interface Proof {
  /** Against the present evaluator. */
  readonly gains: EvaluatorMetrics;
  /** In Brier score, against saying their own share of good labels of all outputs. */
  readonly gainOnBaseRate: EvaluatorMetrics["brier"];
  readonly segments: readonly GuardedSegment[];
}

/** The gate: what speaks against promoting a candidate; nothing where it may take over. */
export const judgeCandidate = ({ gains, gainOnBaseRate, segments }: Proof): readonly GateReason[] => {
  if (isUnknown(gains.brier) || isUnknown(gainOnBaseRate)) return ["too_few_groups"];
  const reasons = [...judgeGains(gains)];
  if (!isGain(gainOnBaseRate)) reasons.push("knows_nothing");
  if (segments.some(falls)) reasons.push("segment_falls");
  return reasons;
};

/**
 * Where nearly all outputs are good, to praise them all is the best of plain accuracies, and the least knowledge: who
 * finds the bad ones pays for it in that, and has not fallen as long as balanced accuracy has not.
 */
const falls = (own: GuardedSegment): boolean => {
  const { presentBalancedAccuracyPct: before, candidateBalancedAccuracyPct: after } = own;
  const isFall = (from: number, to: number): boolean => from - to > mostFallPct;
  return (
    isFall(own.presentAccuracyPct, own.candidateAccuracyPct) &&
    (before === null || after === null || isFall(before, after))
  );
};

/** The part of the gate that the gains alone decide. */
export const judgeGains = (gains: EvaluatorMetrics): readonly GateReason[] => {
  if (isUnknown(gains.brier)) return ["too_few_groups"];
  const reasons: GateReason[] = [];
  if (!isGain(gains.brier)) reasons.push("no_gain");
  if (!((gains.kappa.value ?? 0) > 0)) reasons.push("verdicts_no_better");
  return reasons;
};

/** Nothing can be said without an interval, but for predictions that are the same: these have none, and gain nothing. */
const isUnknown = ({ value, ci }: EvaluatorMetrics["brier"]): boolean => ci === null && value !== 0;

const isGain = ({ value, ci }: EvaluatorMetrics["brier"]): boolean =>
  ci !== null && excludesZero(ci) && value !== null && value > 0;
