import { requireConfidence, requireDate } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import { type MeanDifferenceTest, type Moments, studentTest, welchTest } from "../stats/index.ts";
import type { Store } from "../store.ts";

export interface MeasureOptions {
  /** What was changed, in words of your own; it comes back in the answer. */
  readonly change: string;
  /** Requests before this moment, exclusive, are the state before the change. */
  readonly beforeDate: Date;
  /** Requests from this moment on, inclusive, are the state after; between the two nothing counts. */
  readonly afterDate: Date;
  /**
   * The name of the automatic score.
   * @default "overall"
   */
  readonly score?: string;
  /**
   * Confidence of the interval; a difference is significant at 1 minus this.
   * @default 0.95
   */
  readonly confidence?: number;
}

/** The scores of one side of the change. */
export interface Period {
  /** Requests that had the score. */
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation. */
  readonly sd: number;
}

interface Scope {
  readonly change: string;
  readonly score: string;
  readonly level: "request";
  /** Requests of either side that had no such score. */
  readonly dropped: number;
}

/** What became of a score when something was changed, or why that cannot be said. */
export type Improvement =
  | (Scope & {
      readonly verdict: "improved" | "worsened" | "not_significant";
      readonly before: Period;
      readonly after: Period;
      /** Mean after minus mean before, in units of the score. */
      readonly difference: number;
      /** Welch's interval of the difference. */
      readonly ci: readonly [number, number];
      /** The difference in percent of the size of the mean before; null when that mean is 0. */
      readonly improvementPct: number | null;
      /** Welch's test, which the verdict follows: it does not take the two spreads to be equal. */
      readonly welch: { readonly t: number; readonly df: number; readonly p: number };
      /** Student's test with a pooled variance, for comparison with figures that were made with it. */
      readonly student: { readonly t: number; readonly df: number; readonly p: number };
      /** Whether Welch's two-sided p is below 1 minus the confidence. */
      readonly significant: boolean;
    })
  | (Scope & {
      readonly verdict: "not_enough_data";
      /** Scored requests that each side needs. */
      readonly needed: number;
      readonly have: { readonly before: number; readonly after: number };
    })
  | (Scope & {
      /** Every score of either side is the same as the others of that side: there is no spread to test against. */
      readonly verdict: "no_variation";
      readonly before: Period;
      readonly after: Period;
      /** Mean after minus mean before: not 0 when every score went from one value to another. */
      readonly difference: number;
    });

/** A standard deviation needs two. */
const fewestEachSide = 2;

/**
 * Measures whether an automatic score changed when you changed something: means before and after, their
 * difference with its interval, and Welch's t-test.
 *
 * Before and after differ in more than your change: in traffic, users and season. This compares, it does not
 * prove a cause. One look at a planned moment is what the p-value is good for.
 *
 * @throws HeedError `INVALID_QUERY` when `afterDate` lies before `beforeDate`; `STORE_FAILED`, `STORE_CLOSED`
 *
 * @example
 * const answer = await measureImprovementFromChange(store, {
 *   change: "prompt v2",
 *   beforeDate: new Date("2026-03-02"),
 *   afterDate: new Date("2026-03-02"),
 * });
 */
export const measureImprovementFromChange = async (
  store: Store,
  { change, beforeDate, afterDate, score = "overall", confidence = 0.95 }: MeasureOptions,
): Promise<Improvement> => {
  requireDate("beforeDate", beforeDate);
  requireDate("afterDate", afterDate);
  requireConfidence(confidence);
  if (afterDate < beforeDate) throw new HeedError("INVALID_QUERY", "afterDate lies before beforeDate");

  const requests = await scanRequests(store, { score, votes: false });
  const scoresWhere = (isIn: (timeMs: number) => boolean): Float64Array =>
    requests.score.filter((_, at) => isIn(requests.timestampMs[at]!));
  const scoresBefore = scoresWhere((timeMs) => timeMs < beforeDate.getTime());
  const scoresAfter = scoresWhere((timeMs) => timeMs >= afterDate.getTime());
  return compare(scoresBefore, scoresAfter, { change, score, confidence });
};

const compare = (
  scoresBefore: Float64Array,
  scoresAfter: Float64Array,
  { change, score, confidence }: Required<Pick<MeasureOptions, "change" | "score" | "confidence">>,
): Improvement => {
  // After minus before, so that a gain is positive.
  const test = welchTest(scoresAfter, scoresBefore, { confidence });
  const [after, before] = [test.a, test.b];
  const scope = { change, score, level: "request", dropped: before.dropped + after.dropped } as const;
  if (!isPeriod(before) || !isPeriod(after)) {
    const have = { before: before.n, after: after.n };
    return { verdict: "not_enough_data", ...scope, needed: fewestEachSide, have };
  }

  const periods = { before: periodOf(before), after: periodOf(after) };
  const welch = resultOf(test);
  const student = resultOf(studentTest(scoresAfter, scoresBefore, { confidence }));
  const difference = after.mean - before.mean;
  if (!welch || !student || !test.ci) return { verdict: "no_variation", ...scope, ...periods, difference };

  const significant = welch.p < 1 - confidence;
  return {
    verdict: significant ? (difference > 0 ? "improved" : "worsened") : "not_significant",
    ...scope,
    ...periods,
    difference,
    ci: test.ci,
    improvementPct: isZero(before.mean, scoresBefore) ? null : (100 * difference) / Math.abs(before.mean),
    welch,
    student,
    significant,
  };
};

/** A mean of 0 may come out of its sum as a rounding's worth of the largest score. */
const isZero = (mean: number, scores: Float64Array): boolean =>
  Math.abs(mean) <=
  Number.EPSILON * scores.reduce((largest, score) => Math.max(largest, Math.abs(score) || 0), 0);

const isPeriod = (moments: Moments): moments is Moments & Period => moments.sd !== null;

const periodOf = ({ n, mean, sd }: Period): Period => ({ n, mean, sd });

const resultOf = ({ t, df, p }: MeanDifferenceTest) =>
  t === null || df === null || p === null ? null : { t, df, p };
