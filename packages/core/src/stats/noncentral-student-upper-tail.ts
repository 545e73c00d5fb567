import { normalUpperTail } from "./normal-upper-tail.ts";

/**
 * The probability that a noncentral Student's t exceeds t: that `(Z + shift) / s > t` for a standard normal Z and an
 * independent s whose square is a chi-square over its `df` degrees of freedom. The power of a t-test.
 *
 * Error below 1e-13, absolute. The lower tail is the upper one of `-t` and `-shift`. NaN unless df is above 0 and
 * finite, and t and the shift are finite.
 *
 * The mean of normal tails over the distribution of `ln s`, by the trapezoidal rule: on a smooth bell that converges
 * faster than any power of the step (L. N. Trefethen, J. A. C. Weideman, SIAM Review 56 (2014), 385-458). The bell's
 * own height cancels, so that no gamma function is needed.
 *
 * @example
 * noncentralStudentUpperTail(2.228, 10, 3); // 0.771...
 */
export function noncentralStudentUpperTail(t: number, df: number, shift: number): number {
  if (!(df > 0 && df < Number.POSITIVE_INFINITY && Number.isFinite(t) && Number.isFinite(shift)))
    return Number.NaN;
  // Half of the bell's width, and of the width over which the normal tail falls from 1 to 0.
  const step = 1 / Math.sqrt(64 + 8 * df + 4 * shift * shift);
  let mass = 0;
  let beyond = 0;
  const add = (x: number): boolean => {
    const density = Math.exp(df * (x - Math.expm1(2 * x) / 2));
    mass += density;
    beyond += density * normalUpperTail(t * Math.exp(x) - shift);
    return density > 1e-20;
  };
  for (let i = 0; add(i * step); i++);
  for (let i = -1; add(i * step); i--);
  return beyond / mass;
}
