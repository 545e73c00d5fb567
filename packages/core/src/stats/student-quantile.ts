import { logBeta } from "./log-beta.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

/**
 * The value that Student's t with `df` degrees of freedom stays below with probability p: -Infinity for 0,
 * Infinity for 1, NaN outside.
 *
 * Newton's method on the logarithm of the tail against the logarithm of t: concave, and almost straight
 * however heavy the tail. It starts at the normal quantile, which is always nearer to 0.
 *
 * @example
 * studentQuantile(0.975, 10); // 2.22813885198627...
 */
export function studentQuantile(p: number, df: number): number {
  if (!(df > 0 && df < Number.POSITIVE_INFINITY)) return Number.NaN;
  if (p > 0.5) return -studentQuantile(1 - p, df);
  const start = normalQuantile(p);
  if (!(start < 0 && start > Number.NEGATIVE_INFINITY)) return start;

  let t = -start;
  for (let round = 0; round < 50; round++) {
    const tail = studentTwoSidedP(t, df) / 2;
    const step = (Math.log(tail / p) * tail) / slope(t, df);
    if (!(Math.abs(step) > 1e-16)) break;
    t *= Math.exp(step);
  }
  return -t;
}

/** How fast the tail falls with the logarithm of t: t times the density, which alone would vanish far out. */
function slope(t: number, df: number): number {
  const logKernel = Math.log(t) - ((df + 1) / 2) * Math.log1p((t / df) * t) - logBeta(df / 2, 0.5);
  return Math.exp(logKernel) / Math.sqrt(df);
}
