import { HeedError } from "../errors.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { type Drift, pageSums, type Series, type Step } from "./page-sums.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

export interface CusumOptions {
  /**
   * How many points are learned from before any is judged, at least 3.
   * @default 10
   */
  readonly baseline?: number | undefined;
  /**
   * The allowance in standard deviations: half the shift to be found soonest.
   * @default 0.5
   */
  readonly k?: number | undefined;
  /**
   * The threshold in standard deviations. Without change, 5 gives an alarm every 465 points, so one series of 30 in
   * 20 has one; a shift of one standard deviation takes about ten points.
   * @default 5
   */
  readonly h?: number | undefined;
  /**
   * The standard error of each point, above 0, such as a common standard deviation by the root of a day's votes. Only
   * their ratios count. A point without one is skipped.
   * @default the same for all
   */
  readonly standardErrors?: Series | undefined;
}

/**
 * CUSUM: whether and when the mean of a series moved, up or down, by small steps that add up.
 *
 * Each point is measured against all before it, in their standard deviations, as a standard normal score: a mean and
 * a spread fixed from a short baseline would be wrong for good, and give several times as many false alarms. With
 * standard errors, a day of few votes counts for little, both when it is judged and when it is learned from. Points
 * that are null or not finite are skipped.
 *
 * @throws HeedError `INVALID_QUERY` if an option is out of range, or the standard errors are not as many as the points.
 *
 * Source: D. M. Hawkins, "Self-starting CUSUM charts for location and scale", The Statistician 36 (1987), 299-316; the
 * scores are recursive residuals, R. L. Brown, J. Durbin, J. M. Evans, Journal of the Royal Statistical Society B 37
 * (1975), 149-192.
 *
 * @example
 * const { alarmAt, changeAt, direction } = cusum(dailyMeans, { standardErrors: dailyErrors });
 */
export function cusum(
  series: Series,
  { baseline = 10, k = 0.5, h = 5, standardErrors }: CusumOptions = {},
): Drift {
  if (!(Number.isSafeInteger(baseline) && baseline >= 3))
    throw new HeedError("INVALID_QUERY", "baseline is not a whole number from 3");
  if (!(k >= 0)) throw new HeedError("INVALID_QUERY", "k is negative");
  if (!(h > 0)) throw new HeedError("INVALID_QUERY", "h is not above 0");
  if (standardErrors && standardErrors.length !== series.length)
    throw new HeedError("INVALID_QUERY", "there is not one standard error for each point");

  const points = pointsOf(series, standardErrors);
  const n = points.length;
  const missing = { alarmAt: null, changeAt: null, direction: null, statistic: null, n };
  if (n <= baseline) return { ...missing, reason: "too_few" };
  if (points.every(({ value }, i) => i >= baseline || value === points[0]!.value))
    return { ...missing, reason: "constant" };
  return { ...pageSums(scoresOf(points).slice(baseline), k, h), n, reason: null };
}

interface Point {
  readonly at: number;
  readonly value: number;
  /** 1 over the square of its standard error, relative to that of the others. */
  readonly precision: number;
}

function pointsOf(series: Series, errors: Series | undefined): Point[] {
  const points: Point[] = [];
  series.forEach((value: number | null, at: number) => {
    const error = errors ? errors[at]! : 1;
    if (value === null || !Number.isFinite(value) || !(error > 0 && error < Number.POSITIVE_INFINITY)) return;
    points.push({ at, value, precision: 1 / error ** 2 });
  });
  return points;
}

/** The standard normal score of each point, given those before it; it means nothing where these are all equal. */
function scoresOf(points: readonly Point[]): Step[] {
  let mean = 0;
  let precisions = 0;
  let squares = 0;
  return points.map(({ at, value, precision }, before) => {
    const residual = before === 0 ? 0 : (value - mean) / Math.sqrt(1 / precision + 1 / precisions);
    const df = before - 1;
    const t = residual / Math.sqrt(squares / df);
    precisions += precision;
    mean += (value - mean) * (precision / precisions);
    squares += residual ** 2;
    const tail = Math.max(studentTwoSidedP(t, df) / 2, 1e-300); // a score of 37, as far as tails are known
    return { at, excess: -Math.sign(t) * normalQuantile(tail) };
  });
}
