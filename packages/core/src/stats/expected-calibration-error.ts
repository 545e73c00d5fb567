import { HeedError } from "../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { labelledProbabilities } from "./labelled-scores.ts";
import type { Numbers } from "./numbers.ts";
import type { WeightOptions } from "./weighted-pairs.ts";

export interface ExpectedCalibrationErrorOptions extends WeightOptions {
  /**
   * Bins of equal width, from 1 to 1,000.
   * @default 10
   */
  readonly bins?: number | undefined;
}

/** The predictions from one probability, inclusive, up to another, exclusive but for 1. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  /** Predictions in it, by weight. */
  readonly n: number;
  /** Mean prediction; null in an empty bin. */
  readonly predicted: number | null;
  /** Share of labels that are 1; null in an empty bin. */
  readonly observed: number | null;
}

export interface CalibrationError {
  readonly n: number;
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** From 0, calibrated, to 1; null without pairs. */
  readonly error: number | null;
  /** The reliability table, from the lowest bin to the highest. */
  readonly bins: readonly ReliabilityBin[];
  readonly reason: "too_few" | null;
}

/**
 * The expected calibration error: how far predicted probabilities lie from the shares that came true, bin by
 * bin, on the mean over the predictions; and the table behind it.
 *
 * It depends on the bins and is too large on few data: publish the table and the Brier score beside it.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a probability is not from 0 to 1, a
 * label neither 0 nor 1, or `bins` out of range.
 *
 * Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian
 * binning", AAAI (2015), 2901-2907.
 *
 * @example
 * expectedCalibrationError([0.1, 0.15, 0.9, 0.95], [0, 1, 1, 1]).error; // 0.225
 */
export function expectedCalibrationError(
  probabilities: Numbers,
  labels: Numbers,
  { bins = 10, ...options }: ExpectedCalibrationErrorOptions = {},
): CalibrationError {
  if (!(Number.isInteger(bins) && bins >= 1 && bins <= 1000))
    throw new HeedError("INVALID_QUERY", "bins is not a whole number from 1 to 1000");
  const {
    n,
    scores,
    labels: truths,
    weights,
    dropped,
  } = labelledProbabilities(probabilities, labels, options);
  const counts = new Float64Array(bins);
  const predicted = new Float64Array(bins);
  const observed = new Float64Array(bins);
  for (let i = 0; i < n; i++) {
    const bin = Math.min(bins - 1, Math.floor(scores[i]! * bins));
    counts[bin]! += weights[i]!;
    predicted[bin]! += weights[i]! * scores[i]!;
    observed[bin]! += weights[i]! * truths[i]!;
  }
  const table = Array.from(counts, (count, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    n: count,
    predicted: count === 0 ? null : predicted[bin]! / count,
    observed: count === 0 ? null : observed[bin]! / count,
  }));
  if (n === 0) return { n, dropped, error: null, bins: table, reason: "too_few" };
  const apart = predicted.reduce((sum, total, bin) => sum + Math.abs(total - observed[bin]!), 0);
  return { n, dropped, error: apart / compensatedSum(weights), bins: table, reason: null };
}
