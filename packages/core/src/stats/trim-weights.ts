import { medianSorted } from "simple-statistics";
import { HeedError } from "../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { kishEffectiveSize } from "./kish-effective-size.ts";
import type { Numbers } from "./numbers.ts";
import { requireWeights } from "./require-weights.ts";

export interface TrimOptions {
  /**
   * The largest weight that stays, as a multiple of the median weight; 1 or more.
   * @default 5
   */
  readonly cap?: number | undefined;
}

/** How unequal weights are. */
export interface WeightSpread {
  /** Null without weights. */
  readonly max: number | null;
  /** Kish's effective sample size; null if no weight is above 0. */
  readonly effectiveSize: number | null;
}

export interface TrimmedWeights {
  readonly weights: Float64Array;
  readonly before: WeightSpread;
  readonly after: WeightSpread;
  /** How many weights were cut. */
  readonly trimmed: number;
}

/**
 * Cuts weights that are many times the median one, and scales all to the sum they had: a little bias for a
 * smaller variance, told by how the largest weight and the effective sample size were and are.
 *
 * The median is that of the weights above 0. After the scaling, the largest weight may lie above the cap again;
 * their ratios do not. Trimmed weights no longer meet the margins they were made for exactly.
 *
 * @throws HeedError `INVALID_QUERY` if a weight is negative or not finite, or the cap below 1.
 *
 * Source: F. J. Potter, "A study of procedures to identify and trim extreme sampling weights", Proceedings of the
 * Section on Survey Research Methods, American Statistical Association (1990), 225-230.
 *
 * @example
 * trimWeights([1, 1, 1, 17], { cap: 2 }).weights; // [4, 4, 4, 8]
 */
export function trimWeights(weights: Numbers, { cap = 5 }: TrimOptions = {}): TrimmedWeights {
  if (!(cap >= 1)) throw new HeedError("INVALID_QUERY", "cap is below 1");
  const column = requireWeights(weights, weights.length);
  const positive = column.filter((weight) => weight > 0).sort();
  const limit = positive.length === 0 ? 0 : cap * medianSorted(Array.from(positive));
  const cut = column.map((weight) => Math.min(weight, limit));
  const trimmed = column.filter((weight) => weight > limit).length;
  const scale = trimmed === 0 ? 1 : compensatedSum(column) / compensatedSum(cut);
  const scaled = cut.map((weight) => weight * scale);
  return { weights: scaled, before: spreadOf(column), after: spreadOf(scaled), trimmed };
}

const spreadOf = (weights: Float64Array): WeightSpread => ({
  max: weights.length === 0 ? null : weights.reduce((max, weight) => Math.max(max, weight), 0),
  effectiveSize: kishEffectiveSize(weights),
});
