import { HeedError } from "../errors.ts";
import { type Drift, pageSums, type Series, type Step } from "./page-sums.ts";

export interface PageHinkleyOptions {
  /** A change of the mean that does not matter, in units of the series: 0 or more, usually half the one that does. */
  readonly delta: number;
  /** How far the series may add up beyond `delta` before the alarm, in its units: above 0. */
  readonly threshold: number;
}

/**
 * The Page-Hinkley test: whether and when the mean of a series moved away from what it had been so far, up or down.
 *
 * It knows no spread: delta and threshold say what is much. See `cusum`, which measures in standard deviations. Points
 * that are null or not finite are skipped.
 *
 * @throws HeedError `INVALID_QUERY` if delta is negative or the threshold not above 0.
 *
 * Source: D. V. Hinkley, "Inference about the change-point from cumulative sum tests", Biometrika 58 (1971), 509-523;
 * the mean so far includes the point, as in J. Gama et al., "A survey on concept drift adaptation", ACM Computing
 * Surveys 46 (2014).
 *
 * @example
 * pageHinkley([4, 4, 4, 4, 2, 2, 2], { delta: 0.2, threshold: 3 }); // down, alarmAt 6, changeAt 4
 */
export function pageHinkley(series: Series, { delta, threshold }: PageHinkleyOptions): Drift {
  if (!(delta >= 0)) throw new HeedError("INVALID_QUERY", "delta is negative");
  if (!(threshold > 0)) throw new HeedError("INVALID_QUERY", "threshold is not above 0");
  const steps: Step[] = [];
  let mean = 0;
  series.forEach((value: number | null, at: number) => {
    if (value === null || !Number.isFinite(value)) return;
    mean += (value - mean) / (steps.length + 1);
    steps.push({ at, excess: value - mean });
  });
  const n = steps.length;
  if (n < 2) return { alarmAt: null, changeAt: null, direction: null, statistic: null, n, reason: "too_few" };
  return { ...pageSums(steps, delta, threshold), n, reason: null };
}
