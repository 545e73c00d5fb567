import type { IntervalOptions } from "../stats/interval-options.ts";
import { momentsOfSums } from "../stats/moment-sums.ts";
import type { Moments } from "../stats/moments.ts";
import { twoProportionTest } from "../stats/two-proportion-test.ts";
import { welchTestOfMoments } from "../stats/welch-test.ts";
import type { GroupTotal } from "./total-of-groups.ts";

/** A difference, after minus before, and what a test says about it. */
interface FeedbackDifference {
  /** Null where a side is empty. */
  readonly difference: number | null;
  readonly ci: readonly [number, number] | null;
  readonly p: number | null;
  /** Why something is null: too few requests on a side, or all of them alike; else null. */
  readonly reason: "too_few" | "constant" | null;
}

/** The human scores of both sides, by Welch's test. */
export interface MeanComparison extends FeedbackDifference {
  readonly before: MeanSide;
  readonly after: MeanSide;
}

/** The requests of one side with a standing vote, and their human scores. */
export type MeanSide = Pick<Moments, "n" | "mean" | "sd">;

/** A rate on both sides, by the test of two proportions, with Newcombe's interval. */
export interface RateComparison extends FeedbackDifference {
  readonly before: RateSide;
  readonly after: RateSide;
}

/** The requests of one side that were logged, and how many of them count. */
export interface RateSide {
  readonly n: number;
  readonly count: number;
  /** Null where nothing was logged. */
  readonly rate: number | null;
}

/** What users said and did before and after. */
export interface FeedbackComparison {
  readonly humanScore: MeanComparison;
  /** Requests with a standing vote, of all that were logged. */
  readonly feedbackRate: RateComparison;
  /** Requests whose output somebody threw away, of all that were logged. */
  readonly discardRate: RateComparison;
}

/** Compares what users said and did about the requests of two sides. */
export const compareFeedback = (
  before: GroupTotal,
  after: GroupTotal,
  options: IntervalOptions,
): FeedbackComparison => ({
  humanScore: compareHumanScores(before, after, options),
  feedbackRate: compareRates(before, after, ({ voted }) => voted, options),
  discardRate: compareRates(before, after, ({ discarded }) => discarded, options),
});

const compareHumanScores = (
  before: GroupTotal,
  after: GroupTotal,
  options: IntervalOptions,
): MeanComparison => {
  const [ofBefore, ofAfter] = [momentsOfSums(before.humanScore), momentsOfSums(after.humanScore)];
  const { difference, ci, p, reason } = welchTestOfMoments(ofAfter, ofBefore, options);
  const sideOf = ({ n, mean, sd }: Moments): MeanSide => ({ n, mean, sd });
  return { before: sideOf(ofBefore), after: sideOf(ofAfter), difference, ci, p, reason };
};

const compareRates = (
  before: GroupTotal,
  after: GroupTotal,
  countOf: (requests: GroupTotal) => number,
  options: IntervalOptions,
): RateComparison => {
  const test = twoProportionTest(countOf(after), after.logged, countOf(before), before.logged, options);
  const { shareA, shareB, difference, ci, p, reason } = test;
  return {
    before: { n: before.logged, count: countOf(before), rate: shareB },
    after: { n: after.logged, count: countOf(after), rate: shareA },
    difference,
    ci,
    p,
    reason,
  };
};
