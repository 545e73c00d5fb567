import type { IntervalOptions } from "../stats/interval-options.ts";
import { weightedMeanOfMoments } from "../stats/weighted-mean-of-moments.ts";
import { weightedShareInterval } from "../stats/weighted-share-interval.ts";
import { fewestLabels, type ShareEstimate, withinShares } from "./share-estimate.ts";
import { weighCells } from "./weigh-cells.ts";

export interface WeightedShare extends ShareEstimate {
  /** Linearised: it takes a cohort that agrees in full for certain, which the interval does not. Null where each does. */
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
 * The share with each cohort counting for what it has of all requests, and its interval, which allows for small cohorts
 * that agree by chance; null where there is nothing to weight.
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
  // Pooled cohorts, which share a weight, are one stratum.
  const strata = [...Map.groupBy(weighting.cells.keys(), (at) => margins[0]![at]!)].map(([, places]) => {
    const sumOf = (amountOf: (at: number) => number): number =>
      places.reduce((sum, at) => sum + amountOf(at), 0);
    return {
      successes: sumOf((at) => weighting.cells[at]!.good),
      n: sumOf((at) => weighting.cells[at]!.respondents),
      weight: sumOf((at) => weights[at]! * weighting.cells[at]!.respondents),
    };
  });
  return {
    share: withinShares(mean!),
    ci: weightedShareInterval(strata, options)!,
    n,
    standardError,
    effectiveSize: effectiveSize!,
    pooled: pooled.map(({ labels }) => labels[0] ?? null),
  };
};
