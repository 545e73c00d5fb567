import type { IntervalOptions } from "../stats/interval-options.ts";
import { type MomentSums, mergeMoments } from "../stats/moment-sums.ts";
import { ppiMean } from "../stats/ppi-mean.ts";
import type { Audit } from "./collect-satisfaction.ts";
import { type ShareEstimate, withinShares } from "./share-estimate.ts";

export interface PpiShare extends ShareEstimate {
  readonly standardError: number;
  /** How far the evaluator's score was trusted, above 0 and up to 1. */
  readonly lambda: number;
  /** How many times as many audits alone would be as sure. */
  readonly effectiveLabelMultiplier: number;
}

/** Fewer audits do not tell how far the evaluator's score is to be trusted. */
export const fewestForPpi = 30;

/**
 * The share by PPI++: audits, corrected by what the evaluator's scores say of all other requests; null where they are
 * too few, or the scores do not go with them. A request without the score is taken to have the mean one: any number that
 * does not depend on the audit will do.
 */
export const ppiShare = (
  audits: readonly Audit[],
  unaudited: { readonly scores: MomentSums; readonly withoutScore: number },
  options: IntervalOptions,
): PpiShare | null => {
  if (audits.length < fewestForPpi) return null;
  const { mean } = unaudited.scores;
  const answer = ppiMean(
    {
      y: audits.map(({ good }) => good),
      f: audits.map(({ score }) => (Number.isNaN(score) ? mean : score)),
    },
    mergeMoments(unaudited.scores, { n: unaudited.withoutScore, mean, m2: 0 }),
    options,
  );
  const { estimate, ci, standardError, lambda, effectiveLabelMultiplier } = answer;
  if (estimate === null || ci === null || standardError === null || !lambda) return null;
  return {
    share: withinShares(estimate),
    ci: [withinShares(ci[0]), withinShares(ci[1])],
    n: audits.length,
    standardError,
    lambda,
    effectiveLabelMultiplier: effectiveLabelMultiplier!,
  };
};
