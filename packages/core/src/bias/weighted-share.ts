import type { IntervalOptions } from "../stats/interval-options.ts";
import { weightedMeanOfMoments } from "../stats/weighted-mean-of-moments.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import { fewestLabels, type ShareEstimate, withinShares } from "./share-estimate.ts";
import { weighCells } from "./weigh-cells.ts";

export interface WeightedShare extends ShareEstimate {
  /** Linearised; null where each cohort agrees in full. */
  readonly standardError: number | null;
  /** Kish's effective sample size. */
  readonly effectiveSize: number;
  /** Cohorts with fewer than five verdicts, which share a weight; null for the requests without a cohort. */
  readonly pooled: readonly (string | null)[];
}

interface Cohort {
  readonly labels: readonly (string | undefined)[];
  readonly requests: number;
  readonly good: number;
  readonly bad: number;
}

/**
 * The share with each cohort counting for what it has of all requests; null where there is nothing to weight. Wilson's
 * interval at the number of verdicts which, drawn at random, would give the standard error.
 */
export const weightedShare = (
  cohorts: readonly Cohort[],
  by: string,
  options: IntervalOptions,
): WeightedShare | null => {
  const method = { method: "post_stratification", trim: false, smallestCell: fewestLabels } as const;
  const cells = cohorts.map(({ labels, requests, good, bad }) => ({
    labels,
    population: requests,
    respondents: good + bad,
    good,
  }));
  const weighting = weighCells(cells, { by: [by], ...method });
  if (weighting.verdict !== "weighted") return null;
  const { weights, margins, pooled } = weighting;
  const sums = weighting.cells.map(({ good, respondents }) => ({
    n: respondents,
    mean: good / respondents,
    m2: good * (1 - good / respondents),
  }));
  const { mean, standardError, effectiveSize, n } = weightedMeanOfMoments(sums, weights, {
    margins,
    ...options,
  });
  const share = withinShares(mean!);
  const spread = share * (1 - share);
  const equivalent = standardError === null || spread === 0 ? effectiveSize! : spread / standardError ** 2;
  return {
    share,
    ci: wilsonInterval(share * equivalent, equivalent, options)!,
    n,
    standardError,
    effectiveSize: effectiveSize!,
    pooled: pooled.map(({ labels }) => labels[0] ?? null),
  };
};
