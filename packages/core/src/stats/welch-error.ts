/** How many values there are, and their sample standard deviation. */
export interface Spread {
  readonly n: number;
  readonly sd: number;
}

/**
 * The standard error of the difference of two means, without taking their spreads to be equal, and its degrees of
 * freedom. At least one of them has to have a spread.
 *
 * Source: B. L. Welch, Biometrika 34 (1947), 28-35; F. E. Satterthwaite, Biometrics Bulletin 2 (1946), 110-114.
 */
export function welchError(a: Spread, b: Spread): { readonly standardError: number; readonly df: number } {
  const errorA = a.sd / Math.sqrt(a.n);
  const errorB = b.sd / Math.sqrt(b.n);
  const standardError = Math.hypot(errorA, errorB);
  const shareA = (errorA / standardError) ** 2;
  const shareB = (errorB / standardError) ** 2;
  return { standardError, df: 1 / (shareA ** 2 / (a.n - 1) + shareB ** 2 / (b.n - 1)) };
}
