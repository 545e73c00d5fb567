import { normalQuantile } from "./normal-quantile.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

/** How sure a coefficient of correlation is. */
export interface CorrelationInference {
  /** Two-sided p-value of no correlation; null unless n is above 2. */
  readonly p: number | null;
  /** Confidence interval; null unless n is above 3. */
  readonly ci: readonly [number, number] | null;
}

/**
 * The p-value of a coefficient by Student's t with n - 2 degrees of freedom, `t = r sqrt((n - 2) / ((1 - r)(1 + r)))`,
 * and its interval by Fisher's transformation.
 *
 * @param n pairs, or their effective number: it need not be whole
 * @param upperLevel the probability below the upper end of the interval
 * @param standardError that of `atanh(r)`
 */
export function correlationInference(
  r: number,
  n: number,
  upperLevel: number,
  standardError: (r: number, n: number) => number,
): CorrelationInference {
  if (!(n > 2)) return { p: null, ci: null };
  const p = studentTwoSidedP(r * Math.sqrt((n - 2) / ((1 - r) * (1 + r))), n - 2);
  if (!(n > 3)) return { p, ci: null };
  const centre = Math.atanh(r);
  const margin = normalQuantile(upperLevel) * standardError(r, n);
  return { p, ci: [Math.tanh(centre - margin), Math.tanh(centre + margin)] };
}
