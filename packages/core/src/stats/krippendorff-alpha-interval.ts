import { HeedError } from "../errors.ts";
import { expandedPercentiles } from "./expanded-percentiles.ts";
import { groupRatings, type Ratings } from "./group-ratings.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { isConstant } from "./is-constant.ts";
import { type KrippendorffAlphaOptions, krippendorffAlpha } from "./krippendorff-alpha.ts";
import { randomSource } from "./random-source.ts";
import { weightedAlpha } from "./weighted-alpha.ts";

export interface KrippendorffAlphaIntervalOptions extends KrippendorffAlphaOptions, IntervalOptions {
  /**
   * How many samples of units are drawn.
   * @default 1000
   */
  readonly resamples?: number | undefined;
  /**
   * Where the random numbers start: the same seed gives the same interval.
   * @default 1
   */
  readonly seed?: number | undefined;
}

export interface KrippendorffAlphaInterval {
  /** Confidence interval of alpha. */
  readonly ci: readonly [number, number] | null;
  /** Samples behind it: those in which not all values were equal. */
  readonly resamples: number;
  /**
   * Why there is no interval: fewer than two units, nothing but equal values, or the same alpha in all
   * samples, as of raters who always agree; null when there is one.
   */
  readonly reason: "too_few" | "constant" | "no_spread" | null;
}

/**
 * The interval of Krippendorff's alpha by the bootstrap over units: alpha anew, chance and ranks with it, on
 * samples of as many units, drawn with replacement, each with all of its ratings.
 *
 * Plain percentiles of these alphas lie too low and too close together. Drawing with replacement takes 1 /
 * units from the disagreement that chance would give, which is put back; and the percentiles are those of
 * `expandedPercentiles`: fair from about twenty units. Time is linear in ratings times resamples.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length or an option is out of range.
 *
 * @example
 * krippendorffAlphaInterval(ratings, { level: "ordinal", seed: 7 }).ci; // the same at every call
 */
export function krippendorffAlphaInterval(
  ratings: Ratings,
  options: KrippendorffAlphaIntervalOptions,
): KrippendorffAlphaInterval {
  const { level, resamples = 1000, seed = 1 } = options;
  const upper = upperLevel(options);
  if (!(Number.isSafeInteger(resamples) && resamples > 0))
    throw new HeedError("INVALID_QUERY", "resamples is not a whole number above 0");
  const random = randomSource(seed);
  const { alpha, units, reason } = krippendorffAlpha(ratings, { level });
  const missing = { ci: null, resamples: 0 };
  if (alpha === null) return { ...missing, reason };
  if (units < 2) return { ...missing, reason: "too_few" };

  const grouped = groupRatings(ratings);
  const alphas: number[] = [];
  for (let round = 0; round < resamples; round++) {
    const copies = new Uint32Array(units);
    for (let draw = 0; draw < units; draw++) copies[Math.floor(random() * units)]! += 1;
    const drawn = weightedAlpha(grouped, level, copies);
    if (drawn !== null) alphas.push(1 - (1 - drawn) * (1 - 1 / units));
  }
  if (alphas.length === 0 || isConstant(alphas)) return { ...missing, reason: "no_spread" };
  return { ci: expandedPercentiles(alphas, units, upper), resamples: alphas.length, reason: null };
}
