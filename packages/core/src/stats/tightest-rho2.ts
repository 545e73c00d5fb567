import { HeedError } from "../errors.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";

/**
 * The `rho2` that makes a confidence sequence tightest at n values. Decide on n before the first look: a sequence that
 * follows the n it happens to be at keeps no promise. At ten times that n it costs 7 % of width, at a tenth 27 %.
 *
 * @throws HeedError `INVALID_QUERY` unless n is above 0 and finite, and the confidence in (0, 1).
 *
 * Source: Waudby-Smith et al., https://arxiv.org/abs/2103.06476, appendix on tuning: one step towards the root of
 * `x = ln((1 + x) / alpha^2)`, `x = n rho2`, where the width has its minimum.
 *
 * @example
 * tightestRho2(1000); // 0.0079...
 */
export function tightestRho2(n: number, options: IntervalOptions = {}): number {
  // Of alpha squared.
  const logInverse = -2 * Math.log(2 * (1 - upperLevel(options)));
  if (!(n > 0 && n < Number.POSITIVE_INFINITY))
    throw new HeedError("INVALID_QUERY", "the number to be tightest at is not above 0 and finite");
  return (logInverse + Math.log1p(logInverse)) / n;
}
