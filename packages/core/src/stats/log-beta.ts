import { logGamma } from "./log-gamma.ts";
import { stirlingSeries } from "./stirling-series.ts";

/**
 * The natural logarithm of the beta function, `ln Γ(a) + ln Γ(b) - ln Γ(a + b)`, for a and b above 0.
 *
 * That difference of large, almost equal logarithms would lose nine digits at a = 1e6; where one argument is
 * large, the two Stirling formulas are subtracted on paper instead.
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const total = small + large;
  const logRatio =
    small -
    (large - 0.5) * Math.log1p(small / large) -
    small * Math.log(total) +
    stirlingSeries(large) -
    stirlingSeries(total);
  return logGamma(small) + logRatio;
}
