import { denseRanks } from "./dense-ranks.ts";
import { finiteValues } from "./finite-values.ts";
import type { Numbers } from "./numbers.ts";

/** How often each distinct value of two groups occurs in either, from the smallest value to the largest. */
export interface ValueCounts {
  readonly a: Numbers;
  readonly b: Numbers;
  /**
   * Values left out because they are not finite.
   * @default 0
   */
  readonly dropped?: number;
}

/**
 * The counts that every comparison of two groups by their order rests on: count once, compare in several ways.
 *
 * @example
 * valueCounts([4, 5, 5, 5], [1, 2, 4, 4]); // a [0, 0, 1, 3], b [1, 1, 2, 0]
 */
export function valueCounts(a: Numbers, b: Numbers): Required<ValueCounts> {
  const finite = [finiteValues(a), finiteValues(b)] as const;
  const sizeOfA = finite[0].values.length;
  const pooled = new Float64Array(sizeOfA + finite[1].values.length);
  pooled.set(finite[0].values);
  pooled.set(finite[1].values, sizeOfA);

  const { codes, distinct } = denseRanks(pooled);
  const counts = { a: new Float64Array(distinct.length), b: new Float64Array(distinct.length) };
  codes.forEach((code, i) => {
    (i < sizeOfA ? counts.a : counts.b)[code]! += 1;
  });
  return { ...counts, dropped: finite[0].dropped + finite[1].dropped };
}
