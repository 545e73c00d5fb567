import { adjustedPValues } from "./adjusted-p-values.ts";
import type { Numbers } from "./numbers.ts";

/**
 * The q-values of Benjamini and Hochberg, in the order of the p-values: take every test with q up to 0.05, and on
 * average at most 5 % of those you took are false alarms.
 *
 * Holds for independent tests, and for those that tend to be wrong together. Give the p-values of all tests that
 * were made, shown or not.
 *
 * @param p each from 0 to 1
 *
 * @throws HeedError `INVALID_QUERY` if a p-value is not a number from 0 to 1.
 *
 * Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical
 * Society B 57 (1995), 289-300.
 *
 * @example
 * benjaminiHochberg([0.01, 0.5, 0.02]); // [0.03, 0.5, 0.03]
 */
export function benjaminiHochberg(p: Numbers): number[] {
  return adjustedPValues(p, "up", (rank, count) => count / rank);
}
