/**
 * Where a rising function of a positive number reaches a target: the last double below, found by halving. Infinity if
 * it is never reached.
 *
 * @param start any positive number; near the root it saves steps, and decides nothing
 */
export function risingRoot(valueAt: (x: number) => number, target: number, start: number): number {
  let high = start;
  while (high < Number.POSITIVE_INFINITY && valueAt(high) < target) high *= 2;
  let low = high;
  while (low > 0 && valueAt(low) >= target) low /= 2;
  if (high === Number.POSITIVE_INFINITY) return high;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return low;
    if (valueAt(middle) < target) low = middle;
    else high = middle;
  }
}
