import { HeedError } from "../errors.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";

interface SequenceOptions extends IntervalOptions {
  /** How many values there are so far. */
  readonly n: number;
  /** Their standard deviation. */
  readonly sd: number;
  /** Where the sequence is tightest, fixed before the first look: see `tightestRho2`. Above 0. */
  readonly rho2: number;
}

/**
 * How far the mean of n values may be from the truth at this look and every other: with the given confidence the truth
 * lies within `mean ± margin` at all n. Look as often as you like, and stop when you please.
 *
 * In units of the values; null for n below 1. Asymptotic: fair from where the mean is about normal and the standard
 * deviation known, some 30 values on.
 *
 * @throws HeedError `INVALID_QUERY` unless rho2 is above 0 and the confidence in (0, 1).
 *
 * Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform central limit theory and
 * asymptotic confidence sequences", https://arxiv.org/abs/2103.06476, theorem 2.2; the normal mixture of H. Robbins,
 * Annals of Mathematical Statistics 41 (1970), 1397-1409.
 *
 * @example
 * confidenceSequenceMargin({ n: 1000, sd: 1, rho2: 0.01 }); // 0.0960...
 */
export function confidenceSequenceMargin({ n, sd, rho2, ...options }: SequenceOptions): number | null {
  const alpha = 2 * (1 - upperLevel(options));
  if (!(rho2 > 0)) throw new HeedError("INVALID_QUERY", "rho2 is not above 0");
  if (!(n >= 1)) return null;
  const time = n * rho2;
  return sd * Math.sqrt(((1 + 1 / time) * (Math.log1p(time) - 2 * Math.log(alpha))) / n);
}
