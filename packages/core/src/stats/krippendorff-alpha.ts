import { requireChoice } from "../check-options.ts";
import { type DroppedRatings, groupRatings, type Ratings } from "./group-ratings.ts";
import { type RatingLevel, ratingLevels, weightedAlpha } from "./weighted-alpha.ts";

export interface KrippendorffAlphaOptions {
  /**
   * What a value means: `nominal`, a name; `ordinal`, a place in an order; `interval`, a number whose
   * differences count.
   */
  readonly level: RatingLevel;
}

/** How far ratings of the same things agree, and on what that rests. */
export interface KrippendorffAlpha {
  /** 1 for full agreement, 0 for as much as ratings dealt at random give, negative for less. */
  readonly alpha: number | null;
  /** Units with at least two ratings. */
  readonly units: number;
  /** Their ratings. */
  readonly ratings: number;
  readonly dropped: DroppedRatings;
  /** Why there is no alpha: no unit with two ratings, or nothing but equal ones; null when there is one. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * Krippendorff's alpha: how far any number of raters agree on what they rated, each as much of it as they
 * liked. The ceiling for an automatic rater, who cannot agree with people better than they agree with each
 * other.
 *
 * A unit with one rating has nothing to say and is left out; so are ratings that are not finite. Linear in
 * the ratings at every level.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length or the level is none of the three.
 *
 * Source: K. Krippendorff, "Computing Krippendorff's alpha-reliability", University of Pennsylvania (2011).
 *
 * @example
 * // Two raters of four units, then one of a fifth.
 * const ratings = { unit: [1, 1, 2, 2, 3, 3, 4, 4, 5], value: [1, 1, 2, 3, 3, 3, 1, 1, 2] };
 * krippendorffAlpha(ratings, { level: "ordinal" }); // alpha 0.9, units 4, ratings 8
 */
export function krippendorffAlpha(ratings: Ratings, { level }: KrippendorffAlphaOptions): KrippendorffAlpha {
  requireChoice("level", level, ratingLevels);
  const grouped = groupRatings(ratings);
  const units = grouped.starts.length - 1;
  const counts = { units, ratings: grouped.codes.length, dropped: grouped.dropped };
  if (units === 0) return { alpha: null, ...counts, reason: "too_few" };
  const alpha = weightedAlpha(grouped, level, new Uint32Array(units).fill(1));
  return { alpha, ...counts, reason: alpha === null ? "constant" : null };
}
