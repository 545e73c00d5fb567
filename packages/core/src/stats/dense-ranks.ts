import { midranks } from "./midranks.ts";
import type { Numbers } from "./numbers.ts";

/** A column as places in the list of its distinct values. */
export interface DenseRanks {
  /** For each value, its place in `distinct`. */
  readonly codes: Uint32Array;
  /** The distinct values, rising. */
  readonly distinct: Float64Array;
}

/**
 * Numbers the distinct values of a column from 0 for the smallest, without gaps, so that what belongs to
 * equal values can be added up by number. Linear in n; -0 and 0 are equal.
 *
 * @throws HeedError `INVALID_QUERY` for NaN, which has no rank.
 *
 * @example
 * denseRanks([10, 20, 10, 5]); // codes [1, 2, 1, 0], distinct [5, 10, 20]
 */
export function denseRanks(values: Numbers): DenseRanks {
  // The integer part of a midrank is the same within a tie, and never between two.
  const codes = Uint32Array.from(midranks(values));
  const n = codes.length;
  const codeOfRank = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) codeOfRank[codes[i]!] = 1;
  let count = 0;
  for (let rank = 1; rank <= n; rank++) if (codeOfRank[rank] === 1) codeOfRank[rank] = count++;

  const distinct = new Float64Array(count);
  for (let i = 0; i < n; i++) {
    codes[i] = codeOfRank[codes[i]!]!;
    distinct[codes[i]!] = values[i]! + 0; // -0 + 0 is 0
  }
  return { codes, distinct };
}
