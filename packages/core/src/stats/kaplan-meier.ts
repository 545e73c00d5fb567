import { HeedError } from "../errors.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { labelledScores } from "./labelled-scores.ts";
import { normalQuantile } from "./normal-quantile.ts";
import type { Numbers } from "./numbers.ts";

/** How many are still waiting, as time goes by: a step at each moment at which some wait ended. */
export interface SurvivalCurve {
  /** Waits, those that go on included. */
  readonly n: number;
  /** Waits that ended. */
  readonly ended: number;
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** Durations after which a wait ended, rising. */
  readonly times: Float64Array;
  /** The share that waits longer than each of these, 0 to 1. */
  readonly survival: Float64Array;
  /** The interval of that share, at each of these alone; NaN where the share is 0, which has none. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * The Kaplan-Meier estimate of the share that waits longer than a given time, where some still wait: these count for
 * as long as they have waited. Leaving them out would flatter, as it is the slow ones that are still open. It takes
 * those that go on to be like the others. Intervals are Greenwood's, on the scale of log(-log).
 *
 * @param durations how long each waited, until its end or until now; any unit, from 0
 * @param ended 1 where the wait ended, 0 where it goes on
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a duration is negative, an `ended` neither 0 nor
 * 1, or the confidence not between 0 and 1.
 *
 * Source: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", Journal of the American
 * Statistical Association 53 (1958), 457-481; J. D. Kalbfleisch, R. L. Prentice, "The Statistical Analysis of Failure
 * Time Data" (2002), 1.4, for the intervals.
 *
 * @example
 * kaplanMeier([2, 3, 3, 5], [1, 1, 0, 1]).survival; // 0.75, 0.5, 0
 */
export function kaplanMeier(
  durations: Numbers,
  ended: Numbers,
  options: IntervalOptions = {},
): SurvivalCurve {
  const z = normalQuantile(upperLevel(options));
  const { n, scores, labels, dropped } = labelledScores(durations, ended);
  if (!scores.every((duration) => duration >= 0))
    throw new HeedError("INVALID_QUERY", "a duration is negative");

  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const steps: { time: number; survival: number; low: number; high: number }[] = [];
  let [survival, greenwood] = [1, 0];
  for (let at = 0; at < n; ) {
    const time = scores[order[at]!]!;
    const waiting = n - at;
    let endings = 0;
    for (; at < n && scores[order[at]!] === time; at++) endings += labels[order[at]!]!;
    if (endings === 0) continue;
    survival *= (waiting - endings) / waiting;
    greenwood += endings / (waiting * (waiting - endings));
    steps.push({ time, survival, ...intervalOf(survival, z * Math.sqrt(greenwood)) });
  }
  return {
    n,
    ended: labels.reduce((sum, label) => sum + label, 0),
    dropped,
    times: Float64Array.from(steps, ({ time }) => time),
    survival: Float64Array.from(steps, (step) => step.survival),
    low: Float64Array.from(steps, ({ low }) => low),
    high: Float64Array.from(steps, ({ high }) => high),
  };
}

const intervalOf = (survival: number, reach: number): { readonly low: number; readonly high: number } => {
  if (survival === 0) return { low: Number.NaN, high: Number.NaN };
  const factor = Math.exp(reach / Math.log(survival));
  return { low: survival ** (1 / factor), high: survival ** factor };
};

/** How long a share of all waits takes. */
export interface WaitingTime {
  /** Null where so many have not ended yet that nobody knows. */
  readonly value: number | null;
  /** Of the times at which the curve may reach the share; an end is null where the data do not bound it. */
  readonly ci: readonly [low: number | null, high: number | null];
}

/**
 * The time within which a share of the waits ends: 0.5 for the median. Where the curve stays at that share for a
 * while, as with an even number of waits that all ended, the middle of that while, as R's `survfit` does.
 *
 * @throws HeedError `INVALID_QUERY` unless the share lies between 0 and 1.
 *
 * Source: R. Brookmeyer, J. Crowley, "A confidence interval for the median survival time", Biometrics 38 (1982),
 * 29-41.
 *
 * @example
 * waitingTime(kaplanMeier([2, 3, 3, 5], [1, 1, 1, 0]), 0.5).value; // 3
 */
export function waitingTime({ times, survival, low, high }: SurvivalCurve, share: number): WaitingTime {
  if (!(share > 0 && share < 1)) throw new HeedError("INVALID_QUERY", "the share is not between 0 and 1");
  const left = 1 - share;
  // A product of fractions misses a share that it should hit by a rounding or two.
  const firstAtMost = (column: Float64Array): number => column.findIndex((value) => value <= left + rounding);
  const at = firstAtMost(survival);
  const isFlatThere = at >= 0 && survival[at]! >= left - rounding && at + 1 < times.length;
  const timeOf = (column: Float64Array): number | null => times[firstAtMost(column)] ?? null;
  return {
    value: isFlatThere ? (times[at]! + times[at + 1]!) / 2 : (times[at] ?? null),
    ci: [timeOf(low), timeOf(high)],
  };
}

const rounding = 1e-9;
