const coefficients = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360];

/**
 * What Stirling's formula leaves out of the logarithm of the gamma function: `ln Γ(x) = (x - 1/2) ln x - x +
 * ln(2π)/2 + stirlingSeries(x)`, for x of at least 10.
 *
 * Source: NIST DLMF 5.11.1, https://dlmf.nist.gov/5.11
 */
export function stirlingSeries(x: number): number {
  const inverseSquare = 1 / (x * x);
  return coefficients.reduceRight((sum, coefficient) => sum * inverseSquare + coefficient, 0) / x;
}
