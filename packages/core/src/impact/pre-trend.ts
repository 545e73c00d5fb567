import { centredSums } from "../stats/centred-sums.ts";
import { type IntervalOptions, upperLevel } from "../stats/interval-options.ts";
import { moments } from "../stats/moments.ts";
import { studentQuantile } from "../stats/student-quantile.ts";
import type { Sides } from "./collect-sides.ts";

/** How treated less control moved before anything was changed. */
export interface PreTrend {
  /**
   * `not_parallel` when the interval of the slope leaves out 0: the two were drifting apart or together already, and
   * a difference-in-differences takes that for an effect. `unknown` below five days that both have.
   */
  readonly preTrend: "parallel" | "not_parallel" | "unknown";
  /** The slope in units of the metric a day; null where it is unknown. */
  readonly preTrendSlope: {
    readonly perDay: number;
    readonly ci: readonly [number, number];
    /** Days on which both had a value. */
    readonly days: number;
  } | null;
}

/** Three degrees of freedom: with fewer, the interval is so wide that everything looks parallel. */
const fewestDays = 5;

/**
 * The slope of treated minus control over the days before a change: least squares on the daily differences of means,
 * each day counting the same.
 */
export const preTrend = (days: Sides["days"], options: IntervalOptions): PreTrend => {
  const level = upperLevel(options);
  const both = [...days].filter(([, { treated, control }]) => treated.n > 0 && control.n > 0);
  if (both.length < fewestDays) return { preTrend: "unknown", preTrendSlope: null };
  both.sort(([a], [b]) => a - b);
  const x = Float64Array.from(both, ([date]) => date);
  const y = Float64Array.from(both, ([, { treated, control }]) => treated.mean - control.mean);
  const { xx, yy, xy } = centredSums(x, moments(x).mean!, y, moments(y).mean!);
  const perDay = xy / xx;
  const df = both.length - 2;
  const error = Math.sqrt(Math.max(0, yy - perDay * xy) / df / xx);
  const margin = studentQuantile(level, df) * error;
  const ci = [perDay - margin, perDay + margin] as const;
  const isParallel = ci[0] <= 0 && ci[1] >= 0;
  return {
    preTrend: isParallel ? "parallel" : "not_parallel",
    preTrendSlope: { perDay, ci, days: both.length },
  };
};
