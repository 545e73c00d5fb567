import { HeedError } from "../errors.ts";

/** For each row the number of its group, stratum or cluster: whole, from 0. */
export type Codes = readonly number[] | Int32Array | Uint32Array;

/**
 * Refuses codes that are not one for each row, whole, and from 0 up to, but not including, `limit`.
 *
 * @throws HeedError `INVALID_QUERY`
 */
export function requireCodes(codes: Codes, rows: number, limit: number = Number.POSITIVE_INFINITY): void {
  if (codes.length !== rows)
    throw new HeedError("INVALID_QUERY", `the columns differ in length, ${codes.length} and ${rows}`);
  for (let i = 0; i < rows; i++) {
    const code = codes[i]!;
    if (!(Number.isSafeInteger(code) && code >= 0 && code < limit))
      throw new HeedError("INVALID_QUERY", "a code is not the number of a group");
  }
}

/** Sums of the values by code. */
export function sumsByCode(values: Float64Array, codes: Codes, groups: number): Float64Array {
  const sums = new Float64Array(groups);
  for (let i = 0; i < values.length; i++) sums[codes[i]!]! += values[i]!;
  return sums;
}

/** The smallest number above all codes; 0 without codes. */
export function codeLimit(codes: Codes): number {
  let limit = 0;
  for (let i = 0; i < codes.length; i++) limit = Math.max(limit, codes[i]! + 1);
  return limit;
}
