import { normalQuantile } from "./normal-quantile.ts";
import { type PowerOptions, powerLevels } from "./power-options.ts";
import { risingRoot } from "./rising-root.ts";
import { studentPower } from "./student-power.ts";

/**
 * The smallest difference of two means, in standard deviations (Cohen's d), that a t-test with that many values in
 * each group finds as often as `power` says. Null for fewer than two values a group.
 *
 * Source: as for `studentPower`; statsmodels' `TTestIndPower.solve_power(nobs1=...)`.
 *
 * @throws HeedError `INVALID_QUERY` unless the confidence lies in (0, 1), and the power between 1 - confidence and 1.
 *
 * @example
 * detectableEffectSize(500); // 0.177...
 */
export function detectableEffectSize(nPerArm: number, options: PowerOptions = {}): number | null {
  const { level, power } = powerLevels(options);
  if (!(nPerArm >= 2)) return null;
  const start = (normalQuantile(level) + normalQuantile(power)) * Math.sqrt(2 / nPerArm);
  return risingRoot((effectSize) => studentPower(effectSize, nPerArm, options) ?? 0, power, start);
}
