import { type Codes, requireCodes } from "./codes.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import type { WeightedMean } from "./linearised-mean.ts";
import type { MomentSums } from "./moment-sums.ts";
import type { Numbers } from "./numbers.ts";
import { requireWeights } from "./require-weights.ts";
import { studentQuantile } from "./student-quantile.ts";
import { takeOutMargins } from "./take-out-margins.ts";

export interface WeightedMomentsOptions extends IntervalOptions {
  /**
   * For each cell its place in every margin that the weights were fitted to, from equal ones, by `postStratify` or `rake`.
   * @default none: the weights are given
   */
  readonly margins?: readonly Codes[] | undefined;
}

/**
 * The mean of values weighted by the cell they are in, where the values are gone and the sums of each cell are left:
 * `hajekMean` of all of them, or `calibratedMean` where margins are given, in memory that grows with the cells alone.
 *
 * @param cells the sums of each cell's values
 * @param weights what one value of each cell counts for
 *
 * @throws HeedError `INVALID_QUERY` if columns differ in length, a weight is negative or not finite, a code is not a
 * whole number from 0, or the confidence is not between 0 and 1.
 *
 * Source: as `hajekMean` and `calibratedMean`.
 *
 * @example
 * weightedMeanOfMoments([{ n: 3, mean: 2, m2: 2 }, { n: 1, mean: 4, m2: 0 }], [1, 3]).mean; // 3
 */
export function weightedMeanOfMoments(
  cells: readonly MomentSums[],
  weights: Numbers,
  options: WeightedMomentsOptions = {},
): WeightedMean {
  const level = upperLevel(options);
  const { margins = [] } = options;
  const given = requireWeights(weights, cells.length);
  for (const codes of margins) requireCodes(codes, cells.length);

  const sizes = given.map((weight, cell) => (weight > 0 ? cells[cell]!.n : 0));
  const overCells = (termOf: (cell: number) => number): number =>
    compensatedSum(sizes.map((size, cell) => (size === 0 ? 0 : termOf(cell))));
  const n = compensatedSum(sizes);
  const missing = { standardError: null, ci: null };
  if (n === 0) return { n, dropped: 0, effectiveSize: null, mean: null, ...missing, reason: "too_few" };

  const total = overCells((cell) => sizes[cell]! * given[cell]!);
  const shares = given.map((weight) => weight / total);
  const squares = overCells((cell) => sizes[cell]! * shares[cell]! ** 2);
  // Measured from one of the means, which keeps the digits of values that lie far from zero.
  const origin = cells[sizes.findIndex((size) => size > 0)]!.mean;
  const beyond = overCells((cell) => sizes[cell]! * shares[cell]! * (cells[cell]!.mean - origin));
  const mean = origin + beyond;
  const answer = { n, dropped: 0, effectiveSize: 1 / squares, mean };

  const df = squares ** 2 / overCells((cell) => sizes[cell]! * shares[cell]! ** 4) - 1;
  if (n < 2 || !(df > 0)) return { ...answer, ...missing, reason: "too_few" };
  const residuals = sizes.map((size, cell) => (size === 0 ? 0 : cells[cell]!.mean - origin - beyond));
  takeOutMargins(residuals, sizes, margins);
  const middle = overCells((cell) => sizes[cell]! * shares[cell]! * residuals[cell]!) / n;
  const spread = overCells(
    (cell) =>
      shares[cell]! ** 2 * cells[cell]!.m2 + sizes[cell]! * (shares[cell]! * residuals[cell]! - middle) ** 2,
  );
  const standardError = Math.sqrt((n / (n - 1)) * spread);
  if (standardError <= 1e-14 * Math.max(Math.abs(mean), Math.abs(origin)))
    return { ...answer, ...missing, reason: "constant" };
  const margin = studentQuantile(level, df) * standardError;
  return { ...answer, standardError, ci: [mean - margin, mean + margin], reason: null };
}
