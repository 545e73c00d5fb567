import { centredSums } from "./centred-sums.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { finiteValues } from "./finite-values.ts";
import { isConstant } from "./is-constant.ts";
import type { Numbers } from "./numbers.ts";
import { isSafe, safeScale } from "./safe-scale.ts";

/** How many values there are, where they lie and how far they spread. */
export interface Moments {
  /** Finite values. */
  readonly n: number;
  /** Values left out because they are not finite. */
  readonly dropped: number;
  /** Arithmetic mean; null without values. */
  readonly mean: number | null;
  /**
   * Sample standard deviation, with n - 1 below; null for fewer than two values, exactly 0 for equal ones.
   */
  readonly sd: number | null;
}

/**
 * Gives the count, mean and standard deviation of the finite values, in two passes with compensated sums:
 * values far from zero keep their digits.
 *
 * @example
 * moments([2, 4, 4, 4, 5, 5, 7, 9]); // { n: 8, dropped: 0, mean: 5, sd: 2.138... }
 */
export function moments(values: Numbers): Moments {
  const finite = finiteValues(values);
  const n = finite.values.length;
  const counts = { n, dropped: finite.dropped };
  if (n === 0) return { ...counts, mean: null, sd: null };
  if (isConstant(finite.values)) return { ...counts, mean: finite.values[0]!, sd: n === 1 ? null : 0 };

  const plain = meanAndSquares(finite.values);
  if (isSafe(plain.squares)) return { ...counts, mean: plain.mean, sd: Math.sqrt(plain.squares / (n - 1)) };
  const { values: scaled, scale } = safeScale(finite.values);
  const { mean, squares } = meanAndSquares(scaled);
  return { ...counts, mean: mean * scale, sd: Math.sqrt(squares / (n - 1)) * scale };
}

function meanAndSquares(values: Float64Array) {
  const mean = compensatedSum(values) / values.length;
  return { mean, squares: centredSums(values, mean, values, mean).xx };
}
