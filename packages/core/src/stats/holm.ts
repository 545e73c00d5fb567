import { adjustedPValues } from "./adjusted-p-values.ts";
import type { Numbers } from "./numbers.ts";

/**
 * P-values after Holm, in the order given: take every test with one up to 0.05, and the risk of even a single
 * false alarm is at most 5 %, however the tests depend on each other. Never worse than Bonferroni.
 *
 * @param p each from 0 to 1
 *
 * @throws HeedError `INVALID_QUERY` if a p-value is not a number from 0 to 1.
 *
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics
 * 6 (1979), 65-70.
 *
 * @example
 * holm([0.01, 0.5, 0.02]); // [0.03, 0.5, 0.04]
 */
export function holm(p: Numbers): number[] {
  return adjustedPValues(p, "down", (rank, count) => count - rank + 1);
}
