import { centredSums } from "./centred-sums.ts";
import { type Codes, codeLimit, requireCodes, sumsByCode } from "./codes.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { kishEffectiveSize } from "./kish-effective-size.ts";
import type { Numbers } from "./numbers.ts";
import { requireWeights } from "./require-weights.ts";
import { studentQuantile } from "./student-quantile.ts";
import { takeOutMargins } from "./take-out-margins.ts";

export interface WeightedMeanOptions extends IntervalOptions {
  /**
   * For each row its cluster, such as the user it is of: rows of one are not independent.
   * @default every row one of its own
   */
  readonly clusters?: Codes | undefined;
}

/** A mean of weighted values, and how sure it is. */
export interface WeightedMean {
  /** Finite values with a weight above 0. */
  readonly n: number;
  /** Values left out because they are not finite. */
  readonly dropped: number;
  /** Kish's effective sample size; null without values. */
  readonly effectiveSize: number | null;
  /** Null without values. */
  readonly mean: number | null;
  /** Standard error of the mean; null for fewer than two rows or clusters, or without any spread. */
  readonly standardError: number | null;
  /** Confidence interval of the mean; null where the standard error is. */
  readonly ci: readonly [number, number] | null;
  /** Why something above is null; null when nothing is. */
  readonly reason: "too_few" | "constant" | null;
}

/** Margins that weights were fitted to, and the weights before. */
interface Fit {
  readonly margins: readonly Codes[];
  readonly initialWeights: Float64Array;
}

/**
 * A ratio mean `Σwy / Σw` with the variance of its linearisation: rows, or clusters of them, count as drawn
 * independently, and the spread that the margins explain is taken out.
 */
export function linearisedMean(
  values: Numbers,
  weights: Numbers,
  options: WeightedMeanOptions,
  fit?: Fit,
): WeightedMean {
  const level = upperLevel(options);
  const rows = values.length;
  const given = requireWeights(weights, rows);
  if (options.clusters) requireCodes(options.clusters, rows);

  // A row without a finite value is as one of weight 0.
  const used = given.map((weight, i) => (Number.isFinite(values[i]) ? weight : 0));
  const n = used.filter((weight) => weight > 0).length;
  const counts = { n, dropped: values.filter((value: number) => !Number.isFinite(value)).length };
  const missing = { standardError: null, ci: null };
  const effectiveSize = kishEffectiveSize(used);
  if (effectiveSize === null) return { ...counts, effectiveSize, mean: null, ...missing, reason: "too_few" };

  // Measured from one of the values, which keeps the digits of those that lie far from zero.
  const origin = values[used.findIndex((weight) => weight > 0)]!;
  const total = compensatedSum(used);
  const shares = used.map((weight) => weight / total);
  const residuals = used.map((weight, i) => (weight > 0 ? values[i]! - origin : 0));
  const beyond = compensatedSum(shares.map((share, i) => share * residuals[i]!));
  const mean = origin + beyond;
  for (let i = 0; i < rows; i++) if (used[i]! > 0) residuals[i]! -= beyond;
  if (fit)
    takeOutMargins(
      residuals,
      used.map((weight, i) => (weight > 0 ? fit.initialWeights[i]! : 0)),
      fit.margins,
    );

  const answer = { ...counts, effectiveSize, mean };
  const errors = shares.map((share, i) => share * residuals[i]!);
  const units = unitsOf(shares, errors, options.clusters);
  const count = units.errors.length;
  const df = kishEffectiveSize(units.shares.map((share) => share * share))! - 1;
  if (count < 2 || !(df > 0)) return { ...answer, ...missing, reason: "too_few" };
  if (largestSize(residuals) <= 1e-14 * Math.max(Math.abs(mean), Math.abs(origin)))
    return { ...answer, ...missing, reason: "constant" };

  const { xx } = centredSums(units.errors, meanOf(units.errors), units.errors, meanOf(units.errors));
  const standardError = Math.sqrt((count / (count - 1)) * xx);
  const margin = studentQuantile(level, df) * standardError;
  return { ...answer, standardError, ci: [mean - margin, mean + margin], reason: null };
}

const meanOf = (values: Float64Array): number => compensatedSum(values) / values.length;

/** What was drawn independently, rows or clusters: its share of all weights, and of the error of the mean. */
function unitsOf(shares: Float64Array, errors: Float64Array, clusters: Codes | undefined) {
  const limit = clusters ? codeLimit(clusters) : 0;
  const unitShares = clusters ? sumsByCode(shares, clusters, limit) : shares;
  const unitErrors = clusters ? sumsByCode(errors, clusters, limit) : errors;
  const isUsed = (_: number, unit: number): boolean => unitShares[unit]! > 0;
  return { shares: unitShares.filter(isUsed), errors: unitErrors.filter(isUsed) };
}

const largestSize = (values: Float64Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
