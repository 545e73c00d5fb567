import { HeedError } from "../errors.ts";
import { type Codes, requireCodes, sumsByCode } from "./codes.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { kishEffectiveSize } from "./kish-effective-size.ts";
import type { Numbers } from "./numbers.ts";
import { requireWeights } from "./require-weights.ts";

/** One way to divide rows and population into cells, such as by country. */
export interface Margin {
  /** For each row its cell, a place in `population`. */
  readonly code: Codes;
  /**
   * How many of the population are in each cell. Counts or shares: the total of a margin is scaled to that of the
   * first.
   */
  readonly population: Numbers;
}

export interface RakeOptions {
  /**
   * What each row counts before, as by its chance to be in the sample.
   * @default 1 each
   */
  readonly weights?: Numbers | undefined;
  /**
   * How far a cell's sum of weights may lie from its population, relative to that.
   * @default 1e-10
   */
  readonly tolerance?: number | undefined;
  /**
   * How often, at most, to go through all margins.
   * @default 1000
   */
  readonly maxSweeps?: number | undefined;
}

interface Fit {
  /** The codes of the margins, and the weights before: what `calibratedMean` needs to know. */
  readonly margins: readonly Codes[];
  readonly initialWeights: Float64Array;
  /** How often all margins were gone through. */
  readonly sweeps: number;
}

/** Rows weighted to the margins of a population. */
export interface Calibrated extends Fit {
  /** One for each row; they sum to the population. */
  readonly weights: Float64Array;
  /** Kish's effective sample size. */
  readonly effectiveSize: number;
  readonly converged: true;
  readonly reason: null;
}

/** Why no weights meet the margins. */
export interface NotCalibrated extends Fit {
  readonly weights: null;
  readonly effectiveSize: null;
  readonly converged: false;
  /** No row or no population at all; a cell without rows; margins that contradict each other in this sample. */
  readonly reason: "too_few" | "empty_cell" | "not_converged";
  /** Cells that have a population, but no row to stand for it: merge them with others. */
  readonly empty: readonly { readonly margin: number; readonly code: number }[];
}

export type Calibration = Calibrated | NotCalibrated;

/**
 * Raking, or iterative proportional fitting: the weights, nearest to those given, with which a sample has the
 * margins of its population, such as its countries and its plans, where the joint table is not known.
 *
 * A row in a cell without population gets the weight 0. Cells with a handful of rows make large weights: merge
 * them before, or see `trimWeights`.
 *
 * @throws HeedError `INVALID_QUERY` without margins, if columns differ in length, a code is not a place in its
 * population, or a weight or population is negative or not finite.
 *
 * Source: W. E. Deming, F. F. Stephan, "On a least squares adjustment of a sampled frequency table when the
 * expected marginal totals are known", Annals of Mathematical Statistics 11 (1940), 427-444.
 *
 * @example
 * rake([
 *   { code: [0, 0, 1, 1], population: [60, 40] },
 *   { code: [0, 1, 0, 1], population: [50, 50] },
 * ]).weights; // [30, 30, 20, 20]
 */
export function rake(margins: readonly Margin[], options: RakeOptions = {}): Calibration {
  const { tolerance = 1e-10, maxSweeps = 1000 } = options;
  const first = margins[0];
  if (first === undefined) throw new HeedError("INVALID_QUERY", "there is no margin");
  const rows = first.code.length;
  for (const { code, population } of margins) requireCodes(code, rows, population.length);
  const initialWeights = requireWeights(options.weights, rows);
  const targets = targetsOf(margins);

  const fitted = { margins: margins.map(({ code }) => code), initialWeights, sweeps: 0 };
  const missing = { ...fitted, weights: null, effectiveSize: null, converged: false, empty: [] } as const;
  if (
    targets.some((target) => compensatedSum(target) === 0) ||
    initialWeights.every((weight) => weight === 0)
  )
    return { ...missing, reason: "too_few" };
  const empty = margins.flatMap(({ code }, margin) => {
    const sums = sumsByCode(initialWeights, code, targets[margin]!.length);
    return [...sums.keys()]
      .filter((cell) => sums[cell] === 0 && targets[margin]![cell]! > 0)
      .map((cell) => ({ margin, code: cell }));
  });
  if (empty.length > 0) return { ...missing, empty, reason: "empty_cell" };

  const weights = initialWeights.slice();
  for (let sweeps = 1; sweeps <= maxSweeps; sweeps++) {
    const off = margins.map(({ code }, margin) => scaleToTarget(weights, code, targets[margin]!));
    if (!off.every((furthest) => furthest <= tolerance)) continue;
    const effectiveSize = kishEffectiveSize(weights)!;
    return { ...fitted, sweeps, weights, effectiveSize, converged: true, reason: null };
  }
  return { ...missing, sweeps: maxSweeps, reason: "not_converged" };
}

/** The population of each cell, every margin scaled to the total of the first. */
function targetsOf(margins: readonly Margin[]): Float64Array[] {
  const populations = margins.map(({ population }) => requireWeights(population, population.length));
  const totals = populations.map(compensatedSum);
  return populations.map((population, margin) =>
    totals[margin] === totals[0]
      ? population
      : population.map((count) => count * (totals[0]! / totals[margin]!)),
  );
}

/** Scales the weights of each cell to its target, and gives how far the furthest sum was off it. */
function scaleToTarget(weights: Float64Array, code: Codes, target: Float64Array): number {
  const sums = sumsByCode(weights, code, target.length);
  const factors = target.map((count, cell) => (count === 0 ? 0 : count / sums[cell]!));
  for (let i = 0; i < weights.length; i++) weights[i]! *= factors[code[i]!]!;
  return factors.reduce((furthest, factor, cell) => {
    const off = target[cell] === 0 ? Math.sign(sums[cell]!) : Math.abs(factor - 1);
    return Math.max(furthest, off);
  }, 0);
}
