import { requireChoice } from "../check-options.ts";
import { binaryAgreement } from "./binary-agreement.ts";
import { denseRanks } from "./dense-ranks.ts";
import { labelledScores } from "./labelled-scores.ts";
import type { Numbers } from "./numbers.ts";

export interface BestThresholdOptions {
  /**
   * What is to be as large as can be. `youden`: J, the share of labels 1 that are passed less the share of
   * labels 0. `f1`: the harmonic mean of precision and recall, which leaves rejected labels 0 out of account. `kappa`:
   * Cohen's kappa between passing and the label.
   * @default "youden"
   */
  readonly criterion?: "youden" | "f1" | "kappa" | undefined;
}

export interface BestThreshold {
  /** Pairs of either label, 1 before 0. */
  readonly n: readonly [number, number];
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** One of the scores: it and all above pass. */
  readonly threshold: number | null;
  /** What the criterion comes to there, 0 to 1. */
  readonly value: number | null;
  /** Why there is none: a label that does not occur, or nothing but equal scores; null when there is one. */
  readonly reason: "one_class" | "constant" | null;
}

/**
 * The threshold on a score that best tells labels 1 from labels 0, by Youden's J, by F1 or by kappa; among equally
 * good ones the highest.
 *
 * It is best on these data: measure it on others. A J of 0 means that no threshold helps, as when high scores
 * go with labels 0. Pairs with a number that is not finite are dropped and counted.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a label is neither 0 nor 1, or the
 * criterion none of these.
 *
 * Source: W. J. Youden, "Index for rating diagnostic tests", Cancer 3 (1950), 32-35; C. J. van Rijsbergen,
 * "Information Retrieval", Butterworths (1979), chapter 7.
 *
 * @example
 * bestThreshold([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // threshold 0.8, value 0.5
 */
export function bestThreshold(
  scores: Numbers,
  labels: Numbers,
  { criterion = "youden" }: BestThresholdOptions = {},
): BestThreshold {
  requireChoice("criterion", criterion, ["youden", "f1", "kappa"]);
  const { n, scores: kept, labels: truths, dropped, positives } = labelledScores(scores, labels);
  const negatives = n - positives;
  const counts = { n: [positives, negatives], dropped } as const;
  if (positives === 0 || negatives === 0)
    return { ...counts, threshold: null, value: null, reason: "one_class" };
  const { codes, distinct } = denseRanks(kept);
  if (distinct.length === 1) return { ...counts, threshold: null, value: null, reason: "constant" };

  const hitsAt = new Float64Array(distinct.length);
  const pairsAt = new Float64Array(distinct.length);
  for (let i = 0; i < n; i++) {
    hitsAt[codes[i]!]! += truths[i]!;
    pairsAt[codes[i]!]! += 1;
  }
  let [threshold, value] = [0, Number.NEGATIVE_INFINITY];
  let [hits, passed] = [0, 0];
  for (let code = distinct.length - 1; code >= 0; code--) {
    hits += hitsAt[code]!;
    passed += pairsAt[code]!;
    // Each is one division of whole numbers, so that equally good thresholds compare as equal.
    const reached = {
      youden: () => (hits * negatives - (passed - hits) * positives) / (positives * negatives),
      f1: () => (2 * hits) / (passed + positives),
      kappa: () =>
        binaryAgreement({
          bothOne: hits,
          falseOne: passed - hits,
          falseZero: positives - hits,
          bothZero: negatives - (passed - hits),
        }).kappa ?? 0,
    }[criterion]();
    if (reached > value) [threshold, value] = [distinct[code]!, reached];
  }
  return { ...counts, threshold, value, reason: null };
}
