import { HeedError } from "../errors.ts";
import { finiteValues } from "./finite-values.ts";
import type { Numbers } from "./numbers.ts";

/** Two columns of one length. */
export interface FinitePairs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How many pairs were left out, as a number in them was not finite. */
  readonly dropped: number;
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
  const all = { x: finiteValues(x), y: finiteValues(y) };
  if (all.x.dropped === 0 && all.y.dropped === 0) return { x: all.x.values, y: all.y.values, dropped: 0 };
  const pairedX = Float64Array.from(x.filter(isPaired));
  const pairedY = Float64Array.from(y.filter(isPaired));
  return { x: pairedX, y: pairedY, dropped: x.length - pairedX.length };
}
