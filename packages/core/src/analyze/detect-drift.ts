import { requireChoice, requireConfidence, requirePeriod } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { cusum } from "../stats/cusum.ts";
import { type MomentSums, mergeMoments, momentsOfSums } from "../stats/moment-sums.ts";
import { moments } from "../stats/moments.ts";
import { pageHinkley } from "../stats/page-hinkley.ts";
import {
  type PopulationStabilityIndex,
  populationStabilityIndex,
} from "../stats/population-stability-index.ts";
import { welchTestOfMoments } from "../stats/welch-test.ts";
import type { Store } from "../store.ts";
import { collectDays, type Day, dayMs } from "./collect-days.ts";
import { decileCounts } from "./decile-counts.ts";

export interface DriftOptions {
  /**
   * What is watched: the automatic score, what humans say (1 to 5), the share of requests that anybody votes on, or how
   * far the evaluator is above the humans on their scale.
   * @default "score"
   */
  readonly metric?: DriftMetric;
  /**
   * The name of the automatic score.
   * @default "overall"
   */
  readonly score?: string;
  /**
   * The scores that stand for 1 and 5 on the human scale, for the gap.
   * @default [0, 1]
   */
  readonly scoreRange?: readonly [number, number];
  /**
   * Days with data that are learned from before any is judged; whole weeks, so that weekdays even out.
   * @default 14
   */
  readonly window?: number;
  /**
   * CUSUM finds a steady shift soonest and allows for days with few requests; Page-Hinkley takes all days alike.
   * @default "cusum"
   */
  readonly method?: "cusum" | "page_hinkley";
  /** Requests from this moment on, inclusive. */
  readonly since?: Date;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date;
  /**
   * Confidence of the interval of the difference.
   * @default 0.95
   */
  readonly confidence?: number;
}

const driftMetrics = ["score", "humanScore", "feedbackRate", "gap"] as const;

export type DriftMetric = (typeof driftMetrics)[number];

/** One day of the series, in UTC. */
export interface DriftDay {
  /** Its first moment. */
  readonly day: Date;
  /** Requests with the metric. */
  readonly n: number;
  readonly mean: number;
  /** Null for a single request, and where all are the same. */
  readonly standardError: number | null;
}

interface Scope {
  readonly metric: DriftMetric;
  readonly score: string;
  readonly level: "day";
  /** Days without data are not in it. */
  readonly series: readonly DriftDay[];
}

/** Whether and when a metric moved, or why that cannot be said. */
export type Drift =
  | (Scope & {
      readonly verdict: "drift";
      readonly direction: "up" | "down";
      /** The day that the change is dated to, and the one on which it was found. */
      readonly changedOn: Date;
      readonly detectedOn: Date;
      readonly before: Side;
      readonly after: Side;
      /**
       * Mean after minus mean before with Welch's interval. The day was chosen where the difference shows, so that it
       * is a little too large.
       */
      readonly difference: number;
      readonly ci: readonly [number, number] | null;
      readonly psi: PopulationStabilityIndex | null;
    })
  | (Scope & { readonly verdict: "stable"; readonly psi: PopulationStabilityIndex | null })
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number })
  /** All days to learn from say the same, so that there is no spread to measure against. */
  | (Scope & { readonly verdict: "no_variation" });

interface Side {
  readonly n: number;
  readonly mean: number;
  readonly sd: number | null;
}

/**
 * Says whether a metric drifted, day by day, and dates the change: by a CUSUM of the daily means, each measured against
 * all days before it with the allowance of half a standard deviation and a threshold of five; and, for the
 * automatic score, by the population stability index of the last `window` days against the first, or of all days after
 * the first where these are fewer, in deciles of the first. Days without data are gaps, not zeros. A stable series of a month gives an alarm about once in twenty.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await detectDrift(store, { metric: "humanScore" });
 * if (answer.verdict === "drift") console.log(answer.direction, answer.changedOn);
 */
export const detectDrift = async (store: Store, options: DriftOptions = {}): Promise<Drift> => {
  const { metric = "score", score = "overall", scoreRange = [0, 1], window = 14, method = "cusum" } = options;
  const { since, until, confidence = 0.95 } = options;
  requirePeriod({ since, until });
  requireConfidence(confidence);
  requireChoice("metric", metric, driftMetrics);
  requireChoice("method", method, ["cusum", "page_hinkley"]);
  if (!(Number.isSafeInteger(window) && window >= 3))
    throw new HeedError("INVALID_QUERY", "window is not a whole number from 3");
  if (!(scoreRange[1] > scoreRange[0])) throw new HeedError("INVALID_QUERY", "scoreRange does not rise");

  const days = await collectDays(store, { metric, score, scoreRange, since, until });
  const scope = { metric, score, level: "day", series: days.map(describeDay) } as const;
  if (days.length <= window)
    return { verdict: "not_enough_data", ...scope, needed: window + 1, have: days.length };

  const drift = method === "cusum" ? cusumOf(days, window) : pageHinkleyOf(days, window);
  if (drift.reason === "constant") return { verdict: "no_variation", ...scope };
  const psi = metric === "score" ? stabilityOf(days, window) : null;
  const { alarmAt, changeAt, direction } = drift;
  if (alarmAt === null || changeAt === null || direction === null)
    return { verdict: "stable", ...scope, psi };

  const before = sumOf(days.slice(0, changeAt));
  const after = sumOf(days.slice(changeAt));
  const test = welchTestOfMoments(momentsOfSums(after), momentsOfSums(before), { confidence });
  return {
    verdict: "drift",
    ...scope,
    direction,
    changedOn: new Date(days[changeAt]!.day * dayMs),
    detectedOn: new Date(days[alarmAt]!.day * dayMs),
    before: sideOf(before),
    after: sideOf(after),
    difference: after.mean - before.mean,
    ci: test.ci,
    psi,
  };
};

/** Days are weighed by their requests: one common spread, as that of a small day is hardly known. */
const cusumOf = (days: readonly Day[], baseline: number) =>
  cusum(
    days.map(({ sums }) => sums.mean),
    { baseline, standardErrors: days.map(({ sums }) => 1 / Math.sqrt(sums.n)) },
  );

/** Half a standard deviation of the daily means may be off; five in all are too many. */
const pageHinkleyOf = (days: readonly Day[], baseline: number) => {
  const series = days.map(({ sums }) => sums.mean);
  const { sd } = moments(series.slice(0, baseline));
  if (!sd) return { alarmAt: null, changeAt: null, direction: null, reason: "constant" as const };
  return pageHinkley(series, { delta: sd / 2, threshold: 5 * sd });
};

/** No day is on both sides, which would make them alike. */
const stabilityOf = (days: readonly Day[], window: number): PopulationStabilityIndex => {
  const latest = days.slice(Math.max(window, days.length - window));
  const [expected, actual] = decileCounts(days.slice(0, window), latest);
  return populationStabilityIndex(expected, actual);
};

const describeDay = ({ day, sums: { n, mean, m2 } }: Day): DriftDay => ({
  day: new Date(day * dayMs),
  n,
  mean,
  standardError: n > 1 && m2 > 0 ? Math.sqrt(m2 / (n - 1) / n) : null,
});

const sumOf = (days: readonly Day[]): MomentSums =>
  days.map(({ sums }) => sums).reduce(mergeMoments, { n: 0, mean: 0, m2: 0 });

const sideOf = ({ n, mean, m2 }: MomentSums): Side => ({
  n,
  mean,
  sd: n > 1 ? Math.sqrt(m2 / (n - 1)) : null,
});
