import { denseRanks } from "./dense-ranks.ts";
import type { Numbers } from "./numbers.ts";

/**
 * The weighted rank of each value: the weight that lies below it, and half of that which equals it, its own included.
 * Unit weights give the midranks, less one half; a value of weight 2 ranks as two of its kind.
 *
 * Source: the ridits of I. D. J. Bross, "How to use ridit analysis", Biometrics 14 (1958), 18-38, times the sum of
 * the weights.
 *
 * @throws HeedError `INVALID_QUERY` for NaN, which has no rank.
 *
 * @example
 * weightedMidranks([10, 20, 10, 5], [1, 2, 3, 1]); // [3, 6, 3, 0.5]
 */
export function weightedMidranks(values: Numbers, weights: Numbers): Float64Array {
  const { codes, distinct } = denseRanks(values);
  const ranks = new Float64Array(distinct.length);
  for (let i = 0; i < codes.length; i++) ranks[codes[i]!]! += weights[i]!;
  let below = 0;
  for (let code = 0; code < ranks.length; code++) {
    const tied = ranks[code]!;
    ranks[code] = below + tied / 2;
    below += tied;
  }
  return Float64Array.from(codes, (code) => ranks[code]!);
}
