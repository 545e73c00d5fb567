import { type IntervalOptions, upperLevel } from "../stats/interval-options.ts";
import { normalQuantile } from "../stats/normal-quantile.ts";
import { excludesZero } from "./excludes-zero.ts";
import type { SatisfactionTotal } from "./merge-satisfaction.ts";
import type { OutcomeDependence } from "./outcome-dependence.ts";
import { fewestLabels } from "./share-estimate.ts";

/** Compares the automatic scores of voted and silent requests of the same cohort. */
export const compareScores = (
  cohorts: readonly Pick<SatisfactionTotal, "scoreOfVoted" | "scoreOfSilent">[],
  options: IntervalOptions,
): OutcomeDependence => {
  const comparable = cohorts.filter(
    ({ scoreOfVoted, scoreOfSilent }) => scoreOfVoted.n >= fewestLabels && scoreOfSilent.n >= fewestLabels,
  );
  const sizes = comparable.map(({ scoreOfVoted, scoreOfSilent }) => scoreOfVoted.n + scoreOfSilent.n);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let difference = 0;
  let variance = 0;
  for (const [at, { scoreOfVoted: voted, scoreOfSilent: silent }] of comparable.entries()) {
    const share = sizes[at]! / total;
    difference += share * (voted.mean - silent.mean);
    variance += share ** 2 * (voted.m2 / (voted.n - 1) / voted.n + silent.m2 / (silent.n - 1) / silent.n);
  }
  if (variance === 0) return { verdict: "unknown", correctableByWeighting: false };
  const margin = normalQuantile(upperLevel(options)) * Math.sqrt(variance);
  const ci = [difference - margin, difference + margin] as const;
  return {
    verdict: excludesZero(ci) ? "suspected" : "no_sign",
    correctableByWeighting: false,
    difference,
    ci,
  };
};
