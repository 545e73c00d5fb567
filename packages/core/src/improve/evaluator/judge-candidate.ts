import type { EvaluatorMetrics } from "@heed/schema";
import { excludesZero } from "../../bias/excludes-zero.ts";

/** Held-out outputs of one kind, and on how many the verdicts agree with the humans, in percent. */
export interface GuardedSegment {
  readonly label: string;
  readonly value: string;
  readonly n: number;
  readonly presentAccuracyPct: number;
  readonly candidateAccuracyPct: number;
}

/** Why a candidate was not promoted. */
export type GateReason =
  /** The held-out outputs come in too few groups for an interval. */
  | "too_few_groups"
  /** The interval of the gain in Brier score does not lie above 0. */
  | "no_gain"
  /** It is no better than saying the same of every output. */
  | "knows_nothing"
  /** Its verdicts agree less with the humans than those of the present evaluator, by kappa. */
  | "verdicts_agree_less"
  /** On some kind of output its verdicts are right less often, by more than five points. */
  | "segment_falls";

/** How far a guarded segment may fall, in points of percent. */
const mostFallPct = 5;

interface Proof {
  /** Against the present evaluator. */
  readonly gains: EvaluatorMetrics;
  /** In Brier score, against saying the share of good training labels of every output. */
  readonly gainOnBaseRate: EvaluatorMetrics["brier"];
  readonly segments: readonly GuardedSegment[];
}

/** The gate: what speaks against promoting a candidate; nothing where it may take over. */
export const judgeCandidate = ({ gains, gainOnBaseRate, segments }: Proof): readonly GateReason[] => {
  if (isUnknown(gains.brier) || isUnknown(gainOnBaseRate)) return ["too_few_groups"];
  const reasons = [...judgeGains(gains)];
  if (!isGain(gainOnBaseRate)) reasons.push("knows_nothing");
  if (segments.some((own) => own.presentAccuracyPct - own.candidateAccuracyPct > mostFallPct))
    reasons.push("segment_falls");
  return reasons;
};

/** The part of the gate that the gains alone decide. */
export const judgeGains = (gains: EvaluatorMetrics): readonly GateReason[] => {
  if (isUnknown(gains.brier)) return ["too_few_groups"];
  const reasons: GateReason[] = [];
  if (!isGain(gains.brier)) reasons.push("no_gain");
  if (!((gains.kappa.value ?? -1) >= 0)) reasons.push("verdicts_agree_less");
  return reasons;
};

/** Nothing can be said without an interval, but for predictions that are the same: these have none, and gain nothing. */
const isUnknown = ({ value, ci }: EvaluatorMetrics["brier"]): boolean => ci === null && value !== 0;

const isGain = ({ value, ci }: EvaluatorMetrics["brier"]): boolean =>
  ci !== null && excludesZero(ci) && value !== null && value > 0;
