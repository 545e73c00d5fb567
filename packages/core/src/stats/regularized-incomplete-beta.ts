import { logBeta } from "./log-beta.ts";

/**
 * The regularized incomplete beta function `I_x(a, b)`: the probability that a Beta(a, b) variable is at most
 * x, and through it the tails of Student's t, F and the binomial.
 *
 * @param x from 0 to 1
 * @param a above 0; NaN outside these domains
 * @param b above 0
 * @param complement 1 - x: give it where it is known better than that, as for x next to 1
 *
 * Source: a contraction of the continued fraction NIST DLMF 8.17.22, written with both x and its complement
 * so that nothing cancels near 1; evaluated by Lentz's method (Thompson and Barnett 1986).
 *
 * @example
 * regularizedIncompleteBeta(0.5, 5, 2); // 0.1093...
 */
export function regularizedIncompleteBeta(
  x: number,
  a: number,
  b: number,
  complement: number = 1 - x,
): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return Number.NaN;
  if (x === 0) return 0;
  if (complement === 0) return 1;
  const beyondTheMean = x * (b + 1) > complement * (a + 1);
  return beyondTheMean ? 1 - lowerTail(complement, x, b, a) : lowerTail(x, complement, a, b);
}

function lowerTail(x: number, y: number, a: number, b: number): number {
  const logX = x > 0.5 ? Math.log1p(-y) : Math.log(x);
  const logY = y > 0.5 ? Math.log1p(-x) : Math.log(y);
  return Math.exp(a * logX + b * logY - logBeta(a, b)) / continuedFraction(x, y, a, b);
}

const tiny = 1e-300;
const precision = 1e-16;

function continuedFraction(x: number, y: number, a: number, b: number): number {
  const partialDenominator = (m: number): number =>
    m + ((a + m) * (a * y - b * x + 1 + m * (1 + y))) / (a + 2 * m + 1);

  let above = partialDenominator(0) || tiny;
  let below = 0;
  let fraction = above;
  for (let m = 1; m <= 100_000; m++) {
    const middle = a + 2 * m - 1;
    const numerator = ((a + m - 1) / middle) * ((a + b + m - 1) / middle) * m * (b - m) * x * x;
    const denominator = partialDenominator(m) + (m * (b - m) * x) / middle;
    below = 1 / (denominator + numerator * below || tiny);
    above = denominator + numerator / above || tiny;
    fraction *= above * below;
    if (Math.abs(above * below - 1) <= precision) break;
  }
  return fraction;
}
