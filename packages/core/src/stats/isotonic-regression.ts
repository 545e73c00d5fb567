import { denseRanks } from "./dense-ranks.ts";
import type { Numbers } from "./numbers.ts";
import { type WeightOptions, weightedPairs } from "./weighted-pairs.ts";

/** A point of a rising curve. */
export type Knot = readonly [x: number, y: number];

/** A curve that never falls, and on what it rests. */
export interface IsotonicFit {
  /** Pairs in which both numbers are finite, and the weight is not 0. */
  readonly n: number;
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** The corners of the curve, x rising: straight between, level outside. Null without pairs. */
  readonly knots: readonly Knot[] | null;
  readonly reason: "too_few" | null;
}

/**
 * Isotonic regression: among the curves that never fall, the one with the least squares. As a calibration it
 * turns a score into a probability and assumes nothing but that higher is better; read it with
 * `predictIsotonic`.
 *
 * It follows its data closely, so measure it on others; below about a thousand labels Platt scaling is safer.
 * Pairs with a number that is not finite are dropped and counted; pairs of equal x are one, at their mean.
 * The time is linear in the pairs.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, or a weight is negative or not finite.
 *
 * Source: R. E. Barlow, D. J. Bartholomew, J. M. Bremner, H. D. Brunk, "Statistical Inference under Order
 * Restrictions", Wiley (1972), chapter 1: pool adjacent violators.
 *
 * @example
 * isotonicRegression([1, 2, 3, 4], [0, 1, 0, 1]).knots; // [[1, 0], [2, 0.5], [3, 0.5], [4, 1]]
 */
export function isotonicRegression(x: Numbers, y: Numbers, options: WeightOptions = {}): IsotonicFit {
  const pairs = weightedPairs(x, y, options);
  const counts = { n: pairs.x.length, dropped: pairs.dropped };
  if (counts.n === 0) return { ...counts, knots: null, reason: "too_few" };

  const { codes, distinct } = denseRanks(pairs.x);
  const sums = new Float64Array(distinct.length);
  const weights = new Float64Array(distinct.length);
  for (let i = 0; i < codes.length; i++) {
    sums[codes[i]!]! += pairs.weights[i]! * pairs.y[i]!;
    weights[codes[i]!]! += pairs.weights[i]!;
  }
  const blocks = poolViolators(sums, weights);
  const knots = blocks.flatMap(({ first, last, sum, weight }): Knot[] => {
    const level = sum / weight;
    const ends: Knot[] = [[distinct[first]!, level]];
    return first === last ? ends : [...ends, [distinct[last]!, level]];
  });
  return { ...counts, knots, reason: null };
}

/** Neighbouring x, by number, on one level. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly sum: number;
  readonly weight: number;
}

/** Takes in one x after the other, and pools blocks backwards as long as the mean does not rise. */
function poolViolators(sums: Float64Array, weights: Float64Array): Block[] {
  const blocks: Block[] = [];
  for (let code = 0; code < sums.length; code++) {
    let block: Block = { first: code, last: code, sum: sums[code]!, weight: weights[code]! };
    for (let before = blocks.at(-1); before && isAtLeast(before, block); before = blocks.at(-1)) {
      blocks.pop();
      block = {
        first: before.first,
        last: code,
        sum: before.sum + block.sum,
        weight: before.weight + block.weight,
      };
    }
    blocks.push(block);
  }
  return blocks;
}

const isAtLeast = (a: Block, b: Block): boolean => a.sum / a.weight >= b.sum / b.weight;
