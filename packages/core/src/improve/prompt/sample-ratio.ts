import { chiSquareUpperTail } from "../../stats/chi-square-upper-tail.ts";

/** Whether requests divided into the arms as they were meant to. */
export interface SampleRatio {
  /** The candidate's share of the requests of both arms; null without any. */
  readonly share: number | null;
  /** What it was meant to be; null where nobody knows, or the arms are one after the other: nothing is checked. */
  readonly expectedShare: number | null;
  /** Chi-square test of the two; null where it was not made. */
  readonly p: number | null;
  readonly mismatch: boolean;
}

/** Below this p-value the assignment is broken rather than unlucky; strict, as one looks again and again. */
const mismatchP = 0.001;

/** Below so many expected requests in an arm the chi-square distribution is none. */
const fewestExpected = 5;

/**
 * Checks the numbers of requests of two arms against the share that the candidate was meant to have.
 *
 * Source: A. Fabijan et al., "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019.
 */
export const sampleRatio = (
  candidate: number,
  baseline: number,
  expectedShare: number | null,
): SampleRatio => {
  const n = candidate + baseline;
  const share = n === 0 ? null : candidate / n;
  const unchecked = { share, expectedShare, p: null, mismatch: false };
  if (expectedShare === null || n * Math.min(expectedShare, 1 - expectedShare) < fewestExpected)
    return unchecked;
  const statistic = (candidate - n * expectedShare) ** 2 / (n * expectedShare * (1 - expectedShare));
  const p = chiSquareUpperTail(statistic, 1);
  return { share, expectedShare, p, mismatch: p < mismatchP };
};
