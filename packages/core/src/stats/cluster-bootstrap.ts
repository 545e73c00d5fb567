import { HeedError } from "../errors.ts";
import { type Codes, codeLimit, requireCodes } from "./codes.ts";
import { expandedPercentiles } from "./expanded-percentiles.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { moments } from "./moments.ts";
import { randomSource } from "./random-source.ts";

export interface ClusterBootstrapOptions extends IntervalOptions {
  /**
   * How many samples of clusters are drawn.
   * @default 1000
   */
  readonly resamples?: number | undefined;
  /**
   * Where the random numbers start: the same seed gives the same interval.
   * @default 1
   */
  readonly seed?: number | undefined;
}

/** How much a statistic varies from sample to sample. */
export interface ClusterBootstrap {
  /** Clusters that have rows. */
  readonly clusters: number;
  /** Samples in which the statistic was a number: what the interval rests on. */
  readonly resamples: number;
  /** Samples in which it was not. */
  readonly failed: number;
  readonly standardError: number | null;
  readonly ci: readonly [number, number] | null;
  /**
   * Why there is no interval: fewer than 20 clusters, more than one sample in 20 without a number, or the same number
   * in all of them; null when there is one.
   */
  readonly reason: "too_few_clusters" | "often_undefined" | "no_spread" | null;
}

/** Below, the spread among clusters is anybody's guess. */
const fewestClusters = 20;

/**
 * The interval of any statistic whose rows come in clusters, as votes come from users: the statistic anew on samples
 * of as many clusters, drawn with replacement, each with all of its rows.
 *
 * No row is copied. The statistic is given how often each row was drawn, a column that it takes as weights, reads at
 * once and does not keep. Where sums of each cluster will do, make each a row, with `clusters` counting from 0: then
 * time does not depend on the number of rows.
 *
 * @param clusters for each row the number of its cluster, from 0; not all need have rows
 * @param statistic null, or any number that is not finite, for samples that have none
 *
 * @throws HeedError `INVALID_QUERY` if a cluster is not a whole number from 0, or an option is out of range.
 *
 * Source: A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application", Cambridge 1997, section 3.8; the
 * interval is that of `expandedPercentiles`.
 *
 * @example
 * clusterBootstrap(users, (weights) => hajekMean(scores, weights).mean, { seed: 7 }).ci;
 */
export function clusterBootstrap(
  clusters: Codes,
  statistic: (multiplicity: Float64Array) => number | null,
  options: ClusterBootstrapOptions = {},
): ClusterBootstrap {
  const { resamples = 1000, seed = 1 } = options;
  const level = upperLevel(options);
  const random = randomSource(seed);
  if (!(Number.isSafeInteger(resamples) && resamples > 1))
    throw new HeedError("INVALID_QUERY", "resamples is not a whole number above 1");
  requireCodes(clusters, clusters.length);
  const present = Uint32Array.from(new Set(clusters));
  const count = present.length;
  const missing = { clusters: count, resamples: 0, failed: 0, standardError: null, ci: null };
  if (count < fewestClusters) return { ...missing, reason: "too_few_clusters" };

  const estimates: number[] = [];
  const drawn = new Float64Array(codeLimit(clusters));
  const multiplicity = new Float64Array(clusters.length);
  for (let round = 0; round < resamples; round++) {
    drawn.fill(0);
    for (let draw = 0; draw < count; draw++) drawn[present[Math.floor(random() * count)]!]! += 1;
    for (let row = 0; row < multiplicity.length; row++) multiplicity[row] = drawn[clusters[row]!]!;
    const estimate = statistic(multiplicity);
    if (estimate !== null && Number.isFinite(estimate)) estimates.push(estimate);
  }

  const spent = { ...missing, resamples: estimates.length, failed: resamples - estimates.length };
  if (spent.failed > resamples / 20) return { ...spent, reason: "often_undefined" };
  const { sd } = moments(estimates);
  if (!sd) return { ...spent, reason: "no_spread" };
  const standardError = sd * Math.sqrt(count / (count - 1));
  return { ...spent, standardError, ci: expandedPercentiles(estimates, count, level), reason: null };
}
