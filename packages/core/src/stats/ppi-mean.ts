import { HeedError } from "../errors.ts";
import { centredSums } from "./centred-sums.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { finitePairs } from "./finite-pairs.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { type MomentSums, mergeMoments } from "./moment-sums.ts";
import { moments } from "./moments.ts";
import { normalQuantile } from "./normal-quantile.ts";
import type { Numbers } from "./numbers.ts";
import { studentQuantile } from "./student-quantile.ts";

/** From here on the normal quantile will do. */
const manyLabels = 50;

interface PpiOptions extends IntervalOptions {
  /**
   * How far the judge is trusted, from 0, the mean of the labels alone, to 1, full correction by the judge.
   * @default "optimal": whatever gives the least standard error
   */
  readonly lambda?: number | "optimal" | undefined;
}

/** The mean that people would give, from few labels of theirs and many scores of a judge. */
export interface PpiMean {
  /** In units of the labels. */
  readonly estimate: number | null;
  readonly standardError: number | null;
  /** Confidence interval of the mean. */
  readonly ci: readonly [number, number] | null;
  /** How far the judge was trusted, from 0 to 1. */
  readonly lambda: number | null;
  /** Pairs of a label and a score in which both are finite. */
  readonly nLabelled: number;
  readonly nUnlabelled: number;
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** How many times as many labels alone would be as sure; below 1 where a given lambda does harm. */
  readonly effectiveLabelMultiplier: number | null;
  /** Why something above is null: fewer than two labels or, with lambda above 0, scores; or no spread; else null. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * Prediction-powered inference (PPI++) of a mean: what people would say on average, from few labels `y` of theirs and
 * a judge's scores `f` of those and of many more. A biased judge costs precision, never truth.
 *
 * The labelled must be a random sample of all, as those that users volunteer to rate are not. The unlabelled, among
 * which the labelled are not, come as scores or as sums over them. With n labels and N scores, the estimate is
 * `lambda mean(fN) + mean(y - lambda f)` and its variance `lambda^2 var(fN) / N + var(y - lambda f) / n`; the optimal
 * lambda is `cov(y, f) / ((1 + n / N) var(f, fN))` within 0 and 1. Only var(f, fN) divides by one less, as in the
 * authors' `ppi_py`, whose results these are.
 *
 * Below 50 labels, where its intervals hold the truth too seldom, they are
 * widened: Student's t on what the mean, and lambda if it was learnt, leave of n, which then divides the variance too.
 *
 * @throws HeedError `INVALID_QUERY` if y and f differ in length, lambda is not from 0 to 1, or the confidence is not in
 * (0, 1).
 *
 * Source: A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan, T. Zrnic, "Prediction-powered inference", Science
 * 382 (2023), 669-674; A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++", https://arxiv.org/abs/2311.01453.
 *
 * @example
 * const labelled = { y: [4, 2, 5, 3], f: [3.8, 2.4, 4.4, 3.1] };
 * ppiMean(labelled, { n: 1_000_000, mean: 3.2, m2: 1_100_000 }); // estimate 3.328..., lambda 0.761...
 */
export function ppiMean(
  labelled: { readonly y: Numbers; readonly f: Numbers },
  unlabelled: { readonly f: Numbers } | MomentSums,
  { lambda: wanted = "optimal", ...options }: PpiOptions = {},
): PpiMean {
  const level = upperLevel(options);
  if (wanted !== "optimal" && !(wanted >= 0 && wanted <= 1))
    throw new HeedError("INVALID_QUERY", "lambda is not between 0 and 1");
  const { x: y, y: f, dropped } = finitePairs(labelled.y, labelled.f);
  const others = "f" in unlabelled ? sumsOf(unlabelled.f) : unlabelled;
  const n = y.length;
  const lambda = wanted === "optimal" ? optimalLambda(y, f, others) : wanted;

  const counts = { nLabelled: n, nUnlabelled: others.n, dropped };
  const missing = { ...counts, standardError: null, ci: null, effectiveLabelMultiplier: null };
  if (n < 2 || (lambda > 0 && others.n < 2))
    return { ...missing, estimate: null, lambda: null, reason: "too_few" };
  const corrected = sumsOf(y.map((label, i) => label - lambda * f[i]!));
  const estimate = lambda * others.mean + corrected.mean;
  const standardError = Math.hypot(
    (lambda * Math.sqrt(others.m2)) / Math.max(1, others.n),
    Math.sqrt(corrected.m2) / n,
  );
  if (standardError === 0) return { ...missing, estimate, lambda, reason: "constant" };

  const df = n - (wanted === "optimal" && lambda > 0 ? 2 : 1);
  const quantile = n < manyLabels ? studentQuantile(level, df) * Math.sqrt(n / df) : normalQuantile(level);
  const ci = [estimate - quantile * standardError, estimate + quantile * standardError] as const;
  const effectiveLabelMultiplier = (Math.sqrt(sumsOf(y).m2) / n / standardError) ** 2;
  return { ...counts, estimate, standardError, ci, lambda, effectiveLabelMultiplier, reason: null };
}

/** Covariance with the labels over variance of the judge, as far as there are scores to make use of it. */
function optimalLambda(y: Float64Array, f: Float64Array, others: MomentSums): number {
  const n = y.length;
  const own = sumsOf(f);
  const all = mergeMoments(own, others);
  if (n < 3 || others.n < 2 || all.m2 === 0) return 0;
  const covariance = centredSums(f, own.mean, y, compensatedSum(y) / n).xy / n;
  const best = covariance / ((1 + n / others.n) * (all.m2 / (all.n - 1)));
  return Math.max(0, Math.min(1, best));
}

/** Of the finite values; those of equal ones are exact. */
function sumsOf(values: Numbers): MomentSums {
  const { n, mean, sd } = moments(values);
  return { n, mean: mean ?? 0, m2: sd === null ? 0 : (n - 1) * sd * sd };
}
