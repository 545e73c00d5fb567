import { confidenceSequenceMargin } from "./confidence-sequence-margin.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import type { Moments } from "./moments.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { pooledSd } from "./pooled-sd.ts";
import { studentQuantile } from "./student-quantile.ts";
import { tightestRho2 } from "./tightest-rho2.ts";
import { type Spread, welchError } from "./welch-error.ts";

interface SequenceOptions extends IntervalOptions {
  /**
   * How many values a group the interval is to be tightest at. Decide before the first look, and keep to it.
   * @default 500
   */
  readonly optimizedFor?: number | undefined;
}

/** What may be said of the difference of two means at every look, always a minus b. */
export interface MeanDifferenceSequence {
  /** Mean of a minus mean of b; null if either group is empty. */
  readonly difference: number | null;
  /** With the given confidence, the truth lies in this interval at every look. */
  readonly ci: readonly [number, number] | null;
  /** The p-value that holds at every look: the least alpha at which a sequence of this rho2 leaves out 0. */
  readonly anytimeP: number | null;
  /** Whether the interval leaves out 0. */
  readonly significant: boolean | null;
  /** Why there is no interval: fewer than two values in a group, or no spread in either; else null. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * The difference of two means, a minus b, with an interval that allows for looking again and again while values come
 * in: over all looks together, a change is seen where there is none with probability 1 - confidence at most.
 *
 * The groups may grow at any rates, one of them not at all, as long as these do not depend on the values. Seen by its
 * information, one over its variance, the estimate then is a Brownian motion with drift, and Robbins' mixture bounds
 * that at all times at once. Its clock here counts pairs: `(sdA^2 + sdB^2) / standardError^2`, the size that two equal
 * groups would need to know as much.
 *
 * Standard deviations are estimates, and that of a young group may be 0 by luck. So the interval is widened as Welch's
 * is, by Student's t over the normal quantile, and is the wider of two: one of the deviations as they are, one of the
 * pooled. It contains Welch's interval.
 *
 * @throws HeedError `INVALID_QUERY` unless `optimizedFor` is above 0 and finite, and the confidence in (0, 1).
 *
 * Source: as for `confidenceSequenceMargin`; the joint distribution by C. Jennison, B. W. Turnbull, "Group Sequential
 * Methods" (2000), chapter 11. `anytimeP` is the mixture sequential probability ratio test of R. Johari, P. Koomen,
 * L. Pekelis, D. Walsh, Operations Research 70 (2022), 1806-1821.
 *
 * @example
 * const before = { n: 400, mean: 3.1, sd: 1.2 };
 * const after = { n: 300, mean: 3.6, sd: 1.1 };
 * meanDifferenceSequence(after, before); // ci [0.229..., 0.770...], significant
 */
export function meanDifferenceSequence(
  a: Pick<Moments, "n" | "mean" | "sd">,
  b: Pick<Moments, "n" | "mean" | "sd">,
  { optimizedFor = 500, ...options }: SequenceOptions = {},
): MeanDifferenceSequence {
  const rho2 = tightestRho2(optimizedFor, options);
  const difference = a.mean === null || b.mean === null ? null : a.mean - b.mean;
  const missing = { difference, ci: null, anytimeP: null, significant: null };
  if (difference === null || a.sd === null || b.sd === null) return { ...missing, reason: "too_few" };
  if (a.sd === 0 && b.sd === 0) return { ...missing, reason: "constant" };

  const groupA = { n: a.n, sd: a.sd };
  const groupB = { n: b.n, sd: b.sd };
  const sd = pooledSd(groupA, groupB);
  const asTheyAre = bound(difference, groupA, groupB, rho2, options);
  const pooled = bound(difference, { n: a.n, sd }, { n: b.n, sd }, rho2, options);
  const margin = Math.max(asTheyAre.margin, pooled.margin);
  const ci = [difference - margin, difference + margin] as const;
  const anytimeP = Math.max(asTheyAre.anytimeP, pooled.anytimeP);
  return { difference, ci, anytimeP, significant: ci[0] > 0 || ci[1] < 0, reason: null };
}

function bound(difference: number, a: Spread, b: Spread, rho2: number, options: IntervalOptions) {
  const level = upperLevel(options);
  const { standardError, df } = welchError(a, b);
  const sd = Math.hypot(a.sd, b.sd);
  const pairs = (sd / standardError) ** 2;
  const widening = studentQuantile(level, df) / normalQuantile(level);
  const margin = confidenceSequenceMargin({ ...options, n: pairs, sd: sd * widening, rho2 });
  const time = pairs * rho2;
  const z = difference / (standardError * widening);
  const anytimeP = Math.min(1, Math.sqrt(1 + time) * Math.exp((-z * z * time) / (2 * (1 + time))));
  return { margin: margin ?? Number.POSITIVE_INFINITY, anytimeP };
}
