import { normalDensity } from "./normal-density.ts";

/**
 * The probability that a standard normal variable exceeds z.
 *
 * Relative error below 1e-13 out to z = 37, where the tail is 1e-300; of `1 - cdf` nothing is left beyond 8.
 *
 * Source: the series NIST DLMF 7.6.2 up to 2, Laplace's continued fraction 7.9.1 beyond.
 *
 * @example
 * normalUpperTail(1.96); // 0.02499789514822...
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  return z > 2 ? normalDensity(z) / continuedFraction(z) : 0.5 - normalDensity(z) * series(z);
}

function series(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

function continuedFraction(z: number): number {
  let fraction = z;
  for (let k = 150; k > 0; k--) fraction = z + k / fraction;
  return fraction;
}
