import { HeedError } from "../errors.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { normalQuantile } from "./normal-quantile.ts";

/**
 * Wilson's interval of a share: where the true share of successes lies, given how many there were among n. Stays
 * within 0 and 1, and is right for small n and for shares next to 0 or 1, where the usual plus-minus is not.
 *
 * @param successes from 0 to n; fractions are welcome, as of weighted counts
 * @param n how many there were; null for 0
 *
 * @throws HeedError `INVALID_QUERY` unless 0 <= successes <= n < Infinity and the confidence is in (0, 1).
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (1927), 209-212.
 *
 * @example
 * wilsonInterval(37, 52); // [0.577..., 0.816...]
 */
export function wilsonInterval(
  successes: number,
  n: number,
  options: IntervalOptions = {},
): readonly [low: number, high: number] | null {
  const squaredZ = normalQuantile(upperLevel(options)) ** 2;
  if (!(successes >= 0 && successes <= n && n < Number.POSITIVE_INFINITY))
    throw new HeedError("INVALID_QUERY", "the successes are not between 0 and a finite n");
  if (n === 0) return null;

  // The ends solve a quadratic; each is written so that nothing cancels, and so that none among n gives exactly 0.
  const share = successes / n;
  const rest = (n - successes) / n;
  const pull = squaredZ / n / 2;
  const reach = Math.sqrt(2 * pull * (share * rest + pull / 2));
  return [share ** 2 / (share + pull + reach), 1 - rest ** 2 / (rest + pull + reach)];
}
