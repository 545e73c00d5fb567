import { HeedError } from "../errors.ts";
import type { Numbers } from "./numbers.ts";

/**
 * P-values that allow for how many there are, in the order given, at most 1: each is multiplied by the factor of
 * its rank, the smallest having rank 1, and then none is left smaller than that of a smaller p.
 *
 * @param direction "up" starts at the largest p and keeps the least product so far, "down" starts at the smallest
 * and keeps the greatest
 *
 * @throws HeedError `INVALID_QUERY` if a p-value is not a number from 0 to 1.
 */
export function adjustedPValues(
  p: Numbers,
  direction: "up" | "down",
  factorOf: (rank: number, count: number) => number,
): number[] {
  const values = Array.from(p);
  if (!values.every((value) => value >= 0 && value <= 1))
    throw new HeedError("INVALID_QUERY", "a p-value is not between 0 and 1");

  const fromSmallest = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const order = direction === "up" ? fromSmallest.reverse() : fromSmallest;
  const adjusted = new Array<number>(values.length);
  let bound = direction === "up" ? 1 : 0;
  for (const [step, i] of order.entries()) {
    const rank = direction === "up" ? values.length - step : step + 1;
    const product = values[i]! * factorOf(rank, values.length);
    bound = direction === "up" ? Math.min(bound, product) : Math.min(1, Math.max(bound, product));
    adjusted[i] = bound;
  }
  return adjusted;
}
