import { compensatedSum } from "./compensated-sum.ts";
import type { GroupedRatings } from "./group-ratings.ts";
import { safeScale } from "./safe-scale.ts";

export const ratingLevels = ["nominal", "ordinal", "interval"] as const;

/** What a rating's value means: only whether it is the same, its order, or its distance to others. */
export type RatingLevel = (typeof ratingLevels)[number];

/**
 * Krippendorff's alpha of grouped ratings, each unit taken as often as `copies` says; null where all values
 * are equal, or there are none.
 *
 * Alpha is 1 less the disagreement within units, in shares of that between any two ratings, and no matrix of
 * coincidences is needed for it: squared differences add up to the spread about a mean, and Krippendorff's
 * ordinal distance is the difference of two midranks among all ratings. Linear in the ratings.
 */
export function weightedAlpha(
  ratings: GroupedRatings,
  level: RatingLevel,
  copies: Uint32Array,
): number | null {
  const counts = countValues(ratings, copies);
  // Asked of the counts: the mean of equal values can be off by a rounding.
  if (counts.filter((count) => count > 0).length < 2) return null;
  const n = compensatedSum(counts);
  const { starts, codes } = ratings;
  const positions = level === "nominal" ? null : positionsOf(ratings.values, counts, n, level);
  const between = positions === null ? unlikePairs(counts, n) : squaredDistances(positions, counts, n);
  const within = new Float64Array(copies.length);
  for (let unit = 0; unit < copies.length; unit++) {
    if (copies[unit] === 0) continue;
    const own = codes.subarray(starts[unit]!, starts[unit + 1]!);
    const apart = positions === null ? unlikePairsOf(own) : squaredDistancesOf(own, positions);
    within[unit] = (copies[unit]! * apart) / (own.length - 1);
  }
  return 1 - ((n - 1) * compensatedSum(within)) / between;
}

function countValues({ codes, starts, values }: GroupedRatings, copies: Uint32Array): Float64Array {
  const counts = new Float64Array(values.length);
  for (let unit = 0; unit < copies.length; unit++)
    for (let i = starts[unit]!; i < starts[unit + 1]!; i++) counts[codes[i]!]! += copies[unit]!;
  return counts;
}

/** Where each value lies: on its scale, about the middle; or by twice its midrank, about the mean. */
function positionsOf(
  values: Float64Array,
  counts: Float64Array,
  n: number,
  level: RatingLevel,
): Float64Array {
  if (level === "interval") {
    const { values: scaled } = safeScale(values);
    const middle = (scaled[0]! + scaled.at(-1)!) / 2;
    return scaled.map((value) => value - middle);
  }
  let below = 0;
  return counts.map((count) => {
    const position = 2 * below + count - n;
    below += count;
    return position;
  });
}

/** How many ordered pairs of ratings differ. */
const unlikePairs = (counts: Float64Array, n: number): number =>
  compensatedSum(counts.map((count) => count * (n - count)));

function unlikePairsOf(codes: Uint32Array): number {
  const m = codes.length;
  let alike = 0;
  for (let start = 0, end = 0; start < m; start = end) {
    while (end < m && codes[end] === codes[start]) end++;
    alike += (end - start) ** 2;
  }
  return m * m - alike;
}

/** The sum of the squared distances over all ordered pairs of ratings. */
function squaredDistances(positions: Float64Array, counts: Float64Array, n: number): number {
  const mean = compensatedSum(positions.map((position, code) => counts[code]! * position)) / n;
  return 2 * n * compensatedSum(positions.map((position, code) => counts[code]! * (position - mean) ** 2));
}

function squaredDistancesOf(codes: Uint32Array, positions: Float64Array): number {
  const m = codes.length;
  let sum = 0;
  for (let i = 0; i < m; i++) sum += positions[codes[i]!]!;
  const mean = sum / m;
  let squares = 0;
  for (let i = 0; i < m; i++) squares += (positions[codes[i]!]! - mean) ** 2;
  return 2 * m * squares;
}
