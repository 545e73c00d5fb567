import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Share } from "./agreement.ts";
import { verdictCodes } from "./verdict-code.ts";

/** The shares by which classifiers are judged, of the requests on which both sides say good or bad. */
export const decisionShares = (table: readonly (readonly number[])[], confidence: number) => {
  const { bad, good } = verdictCodes;
  const count = (human: number, evaluator: number): number => table[human]![evaluator]!;
  const [goodGood, goodBad] = [count(good, good), count(good, bad)];
  const [badGood, badBad] = [count(bad, good), count(bad, bad)];
  const n = goodGood + goodBad + badGood + badBad;
  const share = (part: number, whole: number): Share | null => {
    const ci = wilsonInterval(part, whole, { confidence });
    return ci && { share: part / whole, ci, n: whole };
  };
  const recall = share(goodGood, goodGood + goodBad);
  const specificity = share(badBad, badGood + badBad);
  return {
    prevalence: share(goodGood + goodBad, n),
    accuracy: share(goodGood + badBad, n),
    precision: share(goodGood, goodGood + badGood),
    recall,
    specificity,
    balancedAccuracy: recall && specificity && meanOf(recall, specificity),
  };
};

/**
 * Newcombe's interval: the distances from the two shares to the ends of theirs, squared and added.
 *
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
 * Medicine 17 (1998), 873-890, method 10, for half a sum in place of a difference.
 */
const meanOf = (a: Share, b: Share): Share => {
  const share = (a.share + b.share) / 2;
  const reach = (end: 0 | 1): number => Math.hypot(a.share - a.ci[end], b.share - b.ci[end]) / 2;
  return { share, ci: [share - reach(0), share + reach(1)], n: a.n + b.n };
};
