import { HeedError } from "../errors.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";
import { type PowerOptions, powerLevels } from "./power-options.ts";
import { risingRoot } from "./rising-root.ts";

/**
 * How many answers each of two groups needs to tell two shares apart as often as `power` says: a real number, to be
 * rounded up. Null for equal shares, which no number is enough for.
 *
 * @param p1 one true share, from 0 to 1
 * @param p2 the other
 *
 * @throws HeedError `INVALID_QUERY` unless both shares lie between 0 and 1, the confidence in (0, 1), and the power
 * between 1 - confidence and 1.
 *
 * Source: J. Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988), chapter 6: the arcsine makes the
 * spread of a share the same everywhere; statsmodels' `NormalIndPower` of `proportion_effectsize`.
 *
 * @example
 * sampleSizeForProportions(0.7, 0.75); // 1249.5...
 */
export function sampleSizeForProportions(p1: number, p2: number, options: PowerOptions = {}): number | null {
  const { level, power } = powerLevels(options);
  if (!(p1 >= 0 && p1 <= 1 && p2 >= 0 && p2 <= 1))
    throw new HeedError("INVALID_QUERY", "a share is not between 0 and 1");
  if (p1 === p2) return null;

  const critical = normalQuantile(level);
  const powerAt = (shift: number): number =>
    normalUpperTail(critical - shift) + normalUpperTail(critical + shift);
  const shift = risingRoot(powerAt, power, critical + normalQuantile(power));
  const effectSize = 2 * (Math.asin(Math.sqrt(p1)) - Math.asin(Math.sqrt(p2)));
  return 2 * (shift / effectSize) ** 2;
}
