import { adjustedPValues } from "./adjusted-p-values.ts";
import type { Numbers } from "./numbers.ts";

/**
 * The q-values of Benjamini and Yekutieli, in the order of the p-values: those of Benjamini and Hochberg, made to
 * hold however the tests depend on each other, at the price of a factor `1 + 1/2 + ... + 1/n`.
 *
 * @param p each from 0 to 1
 *
 * @throws HeedError `INVALID_QUERY` if a p-value is not a number from 0 to 1.
 *
 * Source: Y. Benjamini, D. Yekutieli, "The control of the false discovery rate in multiple testing under
 * dependency", The Annals of Statistics 29 (2001), 1165-1188.
 *
 * @example
 * benjaminiYekutieli([0.01, 0.5, 0.02]); // [0.055, 0.916..., 0.055]
 */
export function benjaminiYekutieli(p: Numbers): number[] {
  let harmonic = 0;
  for (let rank = p.length; rank > 0; rank--) harmonic += 1 / rank;
  return adjustedPValues(p, "up", (rank, count) => (count * harmonic) / rank);
}
