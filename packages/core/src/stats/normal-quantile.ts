import { normalDensity } from "./normal-density.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";

/**
 * The value that a standard normal variable stays below with probability p: -Infinity for 0, Infinity for 1,
 * NaN outside. The inverse of the tail, to its precision, for p from 1e-300.
 *
 * Newton's method on the logarithm of the tail, which is concave: from `sqrt(-2 ln 2p)`, which no quantile
 * exceeds, it cannot overshoot.
 *
 * @example
 * normalQuantile(0.975); // 1.95996398454005...
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 0.5) return 0;

  let z = Math.sqrt(-2 * Math.log(2 * p));
  for (let round = 0; round < 20; round++) {
    const tail = normalUpperTail(z);
    const step = (Math.log(tail / p) * tail) / normalDensity(z);
    if (!(Math.abs(step) > 1e-16 * z)) break;
    z += step;
  }
  return -z;
}
