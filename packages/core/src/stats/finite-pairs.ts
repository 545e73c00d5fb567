import { HeedError } from "../errors.ts";
import { finiteValues } from "./finite-values.ts";
import type { Numbers } from "./numbers.ts";

/** Two columns of one length. */
export interface Pairs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How many pairs were left out, as a number in them was not finite. */
  readonly dropped: number;
}

export interface FinitePairs extends Pairs {
  /** The `nearMean` of either column. */
  readonly nearMeans: readonly [x: number, y: number];
}

/**
 * The pairs in which both numbers are finite, in order.
 *
 * @throws HeedError `INVALID_QUERY` if the two columns differ in length.
 */
export function finitePairs(x: Numbers, y: Numbers): FinitePairs {
  if (x.length !== y.length) {
    throw new HeedError("INVALID_QUERY", `the columns differ in length, ${x.length} and ${y.length}`);
  }
  const isPaired = (_: number, i: number): boolean => Number.isFinite(x[i]) && Number.isFinite(y[i]);
  const all = [finiteValues(x), finiteValues(y)] as const;
  const isWhole = all[0].dropped === 0 && all[1].dropped === 0;
  const paired = isWhole
    ? all
    : ([finiteValues(x.filter(isPaired)), finiteValues(y.filter(isPaired))] as const);
  return {
    x: paired[0].values,
    y: paired[1].values,
    dropped: x.length - paired[0].values.length,
    nearMeans: [paired[0].nearMean, paired[1].nearMean],
  };
}
