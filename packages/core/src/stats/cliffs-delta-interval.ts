import { cliffsDeltaOfTest } from "./cliffs-delta.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { mannWhitneyTestOfCounts } from "./mann-whitney-test.ts";
import type { Numbers } from "./numbers.ts";
import { studentQuantile } from "./student-quantile.ts";
import { type ValueCounts, valueCounts } from "./value-counts.ts";

/** Cliff's delta, and how sure it is. */
export interface CliffsDeltaInterval {
  /** Finite values of a and of b. */
  readonly n: readonly [number, number];
  /** Values of either group left out because they are not finite. */
  readonly dropped: number;
  /** From -1 to 1; null if a group has no value. */
  readonly delta: number | null;
  /** Confidence interval of delta; null for fewer than two values in a group. */
  readonly ci: readonly [number, number] | null;
  /** Why something above is null; null when nothing is. */
  readonly reason: "too_few" | null;
}

/**
 * Cliff's delta with its interval, which takes neither shape nor spread of the groups to be equal, unlike the
 * Mann-Whitney test, and never leaves -1 to 1. Groups that do not overlap have one too.
 *
 * @throws HeedError `INVALID_QUERY` if the confidence is not between 0 and 1.
 *
 * Source: D. Feng, N. Cliff, "Monte Carlo evaluation of ordinal d with improved confidence interval", Journal of Modern
 * Applied Statistical Methods 3 (2004), 322-332, with the quantile of Student's t for n1 + n2 - 2.
 *
 * @example
 * cliffsDeltaInterval([4, 5, 5, 5], [1, 2, 4, 4]); // delta 0.875, ci [0.265..., 0.984...]
 */
export function cliffsDeltaInterval(
  a: Numbers,
  b: Numbers,
  options: IntervalOptions = {},
): CliffsDeltaInterval {
  return cliffsDeltaIntervalOfCounts(valueCounts(a, b), options);
}

/** `cliffsDeltaInterval` of how often each value occurs. */
export function cliffsDeltaIntervalOfCounts(
  counts: ValueCounts,
  options: IntervalOptions = {},
): CliffsDeltaInterval {
  const level = upperLevel(options);
  const { n, dropped, u1 } = mannWhitneyTestOfCounts(counts);
  const delta = cliffsDeltaOfTest({ n, u1 });
  if (delta === null || n[0] < 2 || n[1] < 2) return { n, dropped, delta, ci: null, reason: "too_few" };

  const t = studentQuantile(level, n[0] + n[1] - 2);
  const room = 1 - delta * delta;
  if (room === 0) {
    const smaller = Math.min(...n);
    const nearest = delta * Math.max(-1, (smaller - t * t) / (smaller + t * t));
    return { n, dropped, delta, ci: [Math.min(nearest, delta), Math.max(nearest, delta)], reason: null };
  }
  const error = t * t * varianceOf(counts, n, delta);
  const centre = delta * room;
  const margin = Math.sqrt(error * (room * room + error));
  const ci = [(centre - margin) / (room + error), (centre + margin) / (room + error)] as const;
  return { n, dropped, delta, ci, reason: null };
}

/** Cliff's unbiased variance of delta, which on few values can fall below what is possible: then that. */
function varianceOf({ a, b }: ValueCounts, [n1, n2]: readonly [number, number], delta: number): number {
  let squaresOfA = 0;
  let squaresOfB = 0;
  let tiedPairs = 0;
  let belowOfA = 0;
  let belowOfB = 0;
  for (let value = 0; value < a.length; value++) {
    // How far a value of a is above those of b, and how far those of a are above a value of b.
    const overB = (2 * belowOfB + b[value]!) / n2 - 1;
    const underA = 1 - (2 * belowOfA + a[value]!) / n1;
    squaresOfA += a[value]! * (overB - delta) ** 2;
    squaresOfB += b[value]! * (underA - delta) ** 2;
    tiedPairs += a[value]! * b[value]!;
    belowOfA += a[value]!;
    belowOfB += b[value]!;
  }
  const pairs = n1 * n2;
  const squaresOfPairs = pairs * (1 - delta * delta) - tiedPairs;
  const unbiased =
    (n2 * n2 * squaresOfA + n1 * n1 * squaresOfB - squaresOfPairs) / (pairs * (n1 - 1) * (n2 - 1));
  return Math.max(unbiased, (1 - delta * delta) / (pairs - 1));
}
