import { finitePairs, type Pairs } from "./finite-pairs.ts";
import type { Numbers } from "./numbers.ts";
import { requireWeights } from "./require-weights.ts";

export interface WeightOptions {
  /**
   * How much each pair counts, 0 or more; 2 is the same as the pair twice.
   * @default 1 each
   */
  readonly weights?: Numbers | undefined;
}

/** Pairs of numbers, and what each counts. */
export interface WeightedPairs extends Pairs {
  readonly weights: Float64Array;
}

/**
 * The pairs in which both numbers are finite, in order, with their weights. Those of weight 0 are left out
 * too, and not counted as dropped.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, or a weight is negative or not finite.
 */
export function weightedPairs(x: Numbers, y: Numbers, { weights }: WeightOptions): WeightedPairs {
  const { x: finiteX, y: finiteY, dropped } = finitePairs(x, y);
  if (weights === undefined)
    return { x: finiteX, y: finiteY, dropped, weights: requireWeights(undefined, finiteX.length) };
  const column = requireWeights(weights, x.length);
  const kept = {
    x: new Float64Array(x.length),
    y: new Float64Array(x.length),
    weights: new Float64Array(x.length),
  };
  let n = 0;
  for (let i = 0; i < x.length; i++) {
    if (!(column[i]! > 0 && Number.isFinite(x[i]) && Number.isFinite(y[i]))) continue;
    kept.x[n] = x[i]!;
    kept.y[n] = y[i]!;
    kept.weights[n++] = column[i]!;
  }
  return {
    x: kept.x.subarray(0, n),
    y: kept.y.subarray(0, n),
    weights: kept.weights.subarray(0, n),
    dropped,
  };
}
