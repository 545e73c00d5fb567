import { denseRanks } from "./dense-ranks.ts";
import { finitePairs } from "./finite-pairs.ts";
import type { Numbers } from "./numbers.ts";
import { orderByBoth } from "./order-by-both.ts";

/** Ratings as two columns of one length, a line for each rating. */
export interface Ratings {
  /** What was rated: the same number on every rating of it, any number of them, in any order. */
  readonly unit: Numbers | Int32Array;
  readonly value: Numbers;
}

/** The ratings that can be compared with another of their unit. */
export interface GroupedRatings {
  /** For each rating its place in `values`: unit after unit, rising within each. */
  readonly codes: Uint32Array;
  /** Where in `codes` each unit starts, and after the last one, where that ends. */
  readonly starts: Uint32Array;
  /** The distinct values, rising. */
  readonly values: Float64Array;
  readonly dropped: DroppedRatings;
}

export interface DroppedRatings {
  /** Ratings left out because a number in them is not finite. */
  readonly notFinite: number;
  /** Ratings left out because they are the only one of their unit. */
  readonly alone: number;
}

/**
 * Sorts ratings by unit and value, and leaves out the units with fewer than two. Linear in the ratings.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length.
 */
export function groupRatings({ unit, value }: Ratings): GroupedRatings {
  const finite = finitePairs(unit instanceof Int32Array ? Float64Array.from(unit) : unit, value);
  const { codes: unitOf, distinct } = denseRanks(finite.x);
  const sizes = new Uint32Array(distinct.length);
  for (let i = 0; i < unitOf.length; i++) sizes[unitOf[i]!]! += 1;
  const isCompared = (_: number, i: number): boolean => sizes[unitOf[i]!]! > 1;

  const units = unitOf.filter(isCompared);
  const { codes, distinct: values } = denseRanks(finite.y.filter(isCompared));
  const order = orderByBoth(units, codes);
  const starts = [0];
  for (const size of sizes) if (size > 1) starts.push(starts.at(-1)! + size);
  return {
    codes: order.map((i) => codes[i]!),
    starts: Uint32Array.from(starts),
    values,
    dropped: { notFinite: finite.dropped, alone: unitOf.length - units.length },
  };
}
