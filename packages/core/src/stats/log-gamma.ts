import { stirlingSeries } from "./stirling-series.ts";

const halfLogTwoPi = Math.log(2 * Math.PI) / 2;

/**
 * The natural logarithm of the gamma function, for x above 0; the gamma function itself overflows at 171.6.
 *
 * Right to 1e-14, relative or absolute, whichever is larger: it is 0 at 1 and 2. NaN for other x.
 *
 * Source: Stirling's series (NIST DLMF 5.11.1) from 10 up, and `Γ(x + 1) = x Γ(x)` below.
 *
 * @example
 * logGamma(5); // ln 24 = 3.178...
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let shifted = x;
  let product = 1;
  for (; shifted < 10; shifted++) product *= shifted;
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + stirlingSeries(shifted) - Math.log(product)
  );
}
