import { normalQuantile } from "./normal-quantile.ts";
import { type PowerOptions, powerLevels } from "./power-options.ts";
import { welchError } from "./welch-error.ts";

/** Two groups: how many values they have, and their sample standard deviations. */
interface DetectionOptions extends PowerOptions {
  readonly nA: number;
  readonly nB: number;
  readonly sdA: number;
  readonly sdB: number;
}

/**
 * The smallest true difference of two means, in units of the values, that groups of these sizes and spreads find as
 * often as `power` says. What a test that found nothing could have seen.
 *
 * Null for fewer than two values in a group, or no spread in either. By the normal distribution: on a dozen values a
 * group it is a few percent too small, and `detectableEffectSize` is exact.
 *
 * @throws HeedError `INVALID_QUERY` unless the confidence lies in (0, 1), and the power between 1 - confidence and 1.
 *
 * Source: H. S. Bloom, "Minimum detectable effects", Evaluation Review 19 (1995), 547-556.
 *
 * @example
 * minimumDetectableEffect({ nA: 500, nB: 500, sdA: 1, sdB: 1 }); // 0.177...
 */
export function minimumDetectableEffect({ nA, nB, sdA, sdB, ...options }: DetectionOptions): number | null {
  const { level, power } = powerLevels(options);
  if (!(nA >= 2 && nB >= 2 && sdA + sdB > 0)) return null;
  const { standardError } = welchError({ n: nA, sd: sdA }, { n: nB, sd: sdB });
  return (normalQuantile(level) + normalQuantile(power)) * standardError;
}
