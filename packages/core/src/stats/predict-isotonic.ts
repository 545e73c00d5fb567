import type { Knot } from "./isotonic-regression.ts";

/**
 * The value of a curve given by its knots: straight between two, level outside.
 *
 * @param knots at least one, x rising
 *
 * @example
 * predictIsotonic([[1, 0], [3, 0.5]], 2); // 0.25
 */
export function predictIsotonic(knots: readonly Knot[], x: number): number {
  let [low, high] = [0, knots.length - 1];
  if (x <= knots[low]![0]) return knots[low]![1];
  if (x >= knots[high]![0]) return knots[high]![1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]![0] <= x) low = middle;
    else high = middle;
  }
  const [fromX, fromY] = knots[low]!;
  const [toX, toY] = knots[high]!;
  return fromY + (toY - fromY) * ((x - fromX) / (toX - fromX));
}
