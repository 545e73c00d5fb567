import { fisherExactTest } from "../stats/fisher-exact-test.ts";
import type { IntervalOptions } from "../stats/interval-options.ts";
import { type MomentSums, momentsOfSums } from "../stats/moment-sums.ts";
import { welchTestOfMoments } from "../stats/welch-test.ts";

interface MeanComparison {
  /** Two-sided p-value of equal means; null where a group has fewer than two values. */
  readonly p: number | null;
  /** Interval of mean a minus mean b; null there, and where neither group varies. */
  readonly ci: readonly [number, number] | null;
}

/**
 * Compares the means of two groups by Welch's test. Groups that do not vary give it no spread to measure by: there, all
 * values are one of two, and Fisher's exact test of which group has which is what counting all permutations comes to.
 */
export const compareMeans = (a: MomentSums, b: MomentSums, options: IntervalOptions = {}): MeanComparison => {
  const { p, ci, reason } = welchTestOfMoments(momentsOfSums(a), momentsOfSums(b), options);
  if (reason !== "constant") return { p, ci };
  return { p: a.mean === b.mean ? 1 : fisherExactTest(a.n, 0, 0, b.n), ci: null };
};
