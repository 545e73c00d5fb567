import { HeedError } from "../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { finiteValues } from "./finite-values.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { leastSquares } from "./least-squares.ts";
import { moments } from "./moments.ts";
import { neweyWestVariance } from "./newey-west-variance.ts";
import type { Numbers } from "./numbers.ts";
import { studentQuantile } from "./student-quantile.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

/** Below this, a trend on one side and the noise about it cannot be told apart. */
const fewestEachSide = 8;

const columns = 4;

interface SeriesOptions extends IntervalOptions {
  /** Position of the first value after the change. */
  readonly changeAt: number;
  /**
   * How many steps back a value may depend on others.
   * @default floor(4 (T / 100)^(2/9)) for T values
   */
  readonly lag?: number | undefined;
}

interface Coefficient {
  readonly estimate: number;
  /** As if the values did not depend on each other; to compare, not to rely on. */
  readonly olsStandardError: number;
  /** Newey-West, without a correction for few values. */
  readonly hacStandardError: number;
  /** Newey-West times `sqrt(n / (n - 4))`; p-value and interval follow it, by Student's t with n - 4. */
  readonly standardError: number;
  /** Two-sided p-value of 0. */
  readonly p: number;
  readonly ci: readonly [number, number];
}

/** A series of values through time, and what became of it when something was changed. */
export interface InterruptedTimeSeries {
  /** Finite values before and after the change. */
  readonly n: readonly [before: number, after: number];
  /** Values left out because they are not finite. */
  readonly dropped: number;
  readonly lag: number;
  readonly coefficients: {
    /** Where the first value would lie by the line before. */
    readonly level: Coefficient;
    /** How much the line before rises from one value to the next. */
    readonly trend: Coefficient;
    /** How far the line jumps at the change: the immediate effect. */
    readonly levelChange: Coefficient;
    /** How much steeper the line is after: the effect that grows. */
    readonly trendChange: Coefficient;
  } | null;
  /** Why there are none: fewer than 8 values on a side, or none that stray from two straight lines; else null. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * Segmented regression of an interrupted time series: whether a daily number jumped, or began to rise or fall, at the
 * moment of a change, beyond the trend that it had before. For where there is no group that went without the change.
 *
 * `y = level + trend t + levelChange D + trendChange (t - changeAt) D`, D being 1 from the change on, by ordinary least
 * squares, with standard errors that allow for neighbouring days being alike. Values at equal distances in time; give
 * NaN for a day without, which keeps its place.
 *
 * The errors are asymptotic, and too small on short series: without any change, and with days that do not depend on
 * each other, p of the jump is below 0.05 in 10 % of series of 60 days, in 15 % of those of 24. To be careful, take
 * the larger of `standardError` and `olsStandardError`.
 *
 * @throws HeedError `INVALID_QUERY` unless `changeAt` and `lag` are whole numbers from 0, and the confidence in (0, 1).
 *
 * Source: J. Lopez Bernal, S. Cummins, A. Gasparrini, "Interrupted time series regression for the evaluation of public
 * health interventions", International Journal of Epidemiology 46 (2017), 348-355; Newey and West (1987), their lag as
 * in W. K. Newey, K. D. West, Review of Economic Studies 61 (1994), 631-653.
 *
 * @example
 * const y = [3, 3.1, 2.9, 3, 3.2, 3, 2.9, 3.1, 4, 4.2, 3.9, 4, 4.1, 4, 4.2, 3.9];
 * interruptedTimeSeries(y, { changeAt: 8 }).coefficients?.levelChange; // estimate 1.01..., p 8.6...e-11
 */
export function interruptedTimeSeries(
  y: Numbers,
  { changeAt, lag = Math.floor(4 * (y.length / 100) ** (2 / 9)), ...options }: SeriesOptions,
): InterruptedTimeSeries {
  const level = upperLevel(options);
  for (const position of [changeAt, lag])
    if (!(Number.isSafeInteger(position) && position >= 0))
      throw new HeedError("INVALID_QUERY", "changeAt or lag is not a whole number from 0");
  const before = finiteValues(y.slice(0, changeAt)).values.length;
  const { n, dropped, mean, sd } = moments(y);
  const counts = { n: [before, n - before], dropped, lag } as const;
  if (mean === null || sd === null || Math.min(before, n - before) < fewestEachSide)
    return { ...counts, coefficients: null, reason: "too_few" };

  // A missing value is a row of zeros: it counts in nothing, and its neighbours keep their distance.
  const column = (valueAt: (t: number) => number): Float64Array =>
    Float64Array.from(y, (value, t) => (Number.isFinite(value) ? valueAt(t) : 0));
  const design = [
    column(() => 1),
    column((t) => t),
    column((t) => (t < changeAt ? 0 : 1)),
    column((t) => Math.max(0, t - changeAt)),
  ];
  const fit = leastSquares(
    design,
    column((t) => y[t]! - mean),
  );
  const unexplained = sumOfSquares(fit.residuals);
  if (unexplained <= 1e-24 * (n - 1) * sd * sd) return { ...counts, coefficients: null, reason: "constant" };

  const df = n - columns;
  const quantile = studentQuantile(level, df);
  const coefficientOf = (index: number): Coefficient => {
    const weights = fit.weights[index]!;
    const estimate = fit.coefficients[index]! + (index === 0 ? mean : 0);
    const ols = Math.sqrt((unexplained / df) * sumOfSquares(weights));
    const hac = Math.sqrt(
      neweyWestVariance(
        weights.map((weight, t) => weight * fit.residuals[t]!),
        lag,
      ),
    );
    const standardError = hac * Math.sqrt(n / df);
    return {
      estimate,
      olsStandardError: ols,
      hacStandardError: hac,
      standardError,
      p: studentTwoSidedP(estimate / standardError, df),
      ci: [estimate - quantile * standardError, estimate + quantile * standardError],
    };
  };
  const coefficients = {
    level: coefficientOf(0),
    trend: coefficientOf(1),
    levelChange: coefficientOf(2),
    trendChange: coefficientOf(3),
  };
  return { ...counts, coefficients, reason: null };
}

const sumOfSquares = (values: Float64Array): number => compensatedSum(values.map((value) => value * value));
