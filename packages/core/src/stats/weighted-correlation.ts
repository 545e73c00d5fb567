import { compensatedSum } from "./compensated-sum.ts";
import type { Correlation } from "./correlation.ts";
import { correlationInference } from "./correlation-inference.ts";
import { isConstant } from "./is-constant.ts";
import { kishEffectiveSize } from "./kish-effective-size.ts";
import { isSafe, safeScale } from "./safe-scale.ts";
import type { WeightedPairs } from "./weighted-pairs.ts";

/** A correlation of weighted pairs; its p-value and interval rest on the effective size. */
export interface WeightedCorrelation extends Correlation {
  /** Kish's effective sample size of the pairs; null without any. */
  readonly effectiveSize: number | null;
}

/** The product-moment correlation of two columns, each pair with its weight. */
export function weightedCorrelation(
  { x, y, weights, dropped }: WeightedPairs,
  upperLevel: number,
  standardError: (r: number, n: number) => number,
): WeightedCorrelation {
  const n = x.length;
  const effectiveSize = kishEffectiveSize(weights);
  const missing = { n, dropped, effectiveSize, r: null, p: null, ci: null };
  if (n < 2 || effectiveSize === null) return { ...missing, reason: "too_few" };
  if (isConstant(x) || isConstant(y)) return { ...missing, reason: "constant" };

  const r = coefficient(x, y, weights);
  const { p, ci } = correlationInference(r, effectiveSize, upperLevel, standardError);
  return { n, dropped, effectiveSize, r, p, ci, reason: ci === null ? "too_few" : null };
}

function coefficient(x: Float64Array, y: Float64Array, weights: Float64Array): number {
  const shares = sharesOf(weights);
  let sums = sumsOf(x, y, shares);
  if (!isSafe(sums.xx) || !isSafe(sums.yy)) sums = sumsOf(safeScale(x).values, safeScale(y).values, shares);
  return Math.max(-1, Math.min(1, sums.xy / Math.sqrt(sums.xx * sums.yy)));
}

/** The weights divided by the sum of them, first by the largest, as their sum might overflow. */
function sharesOf(weights: Float64Array): Float64Array {
  const scaled = safeScale(weights).values;
  const total = compensatedSum(scaled);
  return scaled.map((weight) => weight / total);
}

/** Weighted sums of squares and products; centred twice, since the first mean is off by a rounding. */
function sumsOf(x: Float64Array, y: Float64Array, shares: Float64Array) {
  const dx = centred(centred(x, shares), shares);
  const dy = centred(centred(y, shares), shares);
  const sumOf = (a: Float64Array, b: Float64Array) =>
    compensatedSum(shares.map((share, i) => share * a[i]! * b[i]!));
  return { xx: sumOf(dx, dx), yy: sumOf(dy, dy), xy: sumOf(dx, dy) };
}

function centred(values: Float64Array, shares: Float64Array): Float64Array {
  const mean = compensatedSum(shares.map((share, i) => share * values[i]!));
  return values.map((value) => value - mean);
}
