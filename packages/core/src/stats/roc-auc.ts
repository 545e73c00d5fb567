import { labelledScores } from "./labelled-scores.ts";
import { mannWhitneyTest } from "./mann-whitney-test.ts";
import type { Numbers } from "./numbers.ts";

/**
 * The area under the ROC curve: how often a score with label 1 is higher than one with label 0, equal ones
 * counting a half. 0.5 tells nothing, below it the scores are upside down. Null if either label does not
 * occur.
 *
 * It is the Mann-Whitney U as a share of all pairs, by midranks. Pairs with a number that is not finite are
 * left out.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length or a label is neither 0 nor 1.
 *
 * Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a receiver operating
 * characteristic (ROC) curve", Radiology 143 (1982), 29-36.
 *
 * @example
 * rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // 0.75
 */
export function rocAuc(scores: Numbers, labels: Numbers): number | null {
  const { scores: kept, labels: truths } = labelledScores(scores, labels);
  const { u1, n } = mannWhitneyTest(
    kept.filter((_, i) => truths[i] === 1),
    kept.filter((_, i) => truths[i] === 0),
  );
  return u1 === null ? null : u1 / (n[0] * n[1]);
}
