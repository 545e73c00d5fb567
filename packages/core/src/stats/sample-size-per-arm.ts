import { normalQuantile } from "./normal-quantile.ts";
import { type PowerOptions, powerLevels } from "./power-options.ts";
import { risingRoot } from "./rising-root.ts";
import { studentPower } from "./student-power.ts";

/** A spread needs two values. */
const fewest = 2;

/**
 * How many values each of two groups needs for a t-test to find a difference of that size as often as `power` says:
 * a real number from 2, to be rounded up. Null for a difference of 0, which no number is enough for.
 *
 * @param effectSize the difference of the means in standard deviations (Cohen's d); its sign makes no difference
 *
 * @throws HeedError `INVALID_QUERY` unless the confidence lies in (0, 1), and the power between 1 - confidence and 1.
 *
 * Source: as for `studentPower`; statsmodels' `TTestIndPower.solve_power(effect_size=...)`.
 *
 * @example
 * sampleSizePerArm(0.2); // 393.4...
 */
export function sampleSizePerArm(effectSize: number, options: PowerOptions = {}): number | null {
  const { level, power } = powerLevels(options);
  if (!(Math.abs(effectSize) > 0)) return null;
  const powerOf = (n: number): number => studentPower(effectSize, n, options) ?? 0;
  if (powerOf(fewest) >= power) return fewest;
  const start = 2 * ((normalQuantile(level) + normalQuantile(power)) / effectSize) ** 2;
  return fewest + risingRoot((more) => powerOf(fewest + more), power, start);
}
