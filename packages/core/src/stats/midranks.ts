import { HeedError } from "../errors.ts";
import type { Numbers } from "./numbers.ts";
import { radixSortPairs } from "./radix-sort-pairs.ts";

/**
 * The rank of each value, from 1 for the smallest to n; equal values, as -0 and 0, share the mean of theirs.
 *
 * Linear in n. The values are sorted by the upper half of their bits, which order doubles once those of
 * negative ones are flipped; then each run in which these agree is sorted by the lower half.
 *
 * @throws HeedError `INVALID_QUERY` for NaN, which has no rank.
 *
 * @example
 * midranks([10, 20, 10, 5]); // [2.5, 4, 2.5, 1]
 */
export function midranks(values: Numbers): Float64Array {
  const n = values.length;
  const words = wordsOf(values);
  const pairs = new Uint32Array(2 * n);
  const spare = new Uint32Array(2 * n);
  for (let index = 0; index < n; index++) {
    const upper = words[2 * index + upperWord]!;
    pairs[2 * index] = upper ^ (isNegative(upper) ? allBits : signBit);
    pairs[2 * index + 1] = index;
  }
  radixSortPairs(pairs, spare);

  const ranks = new Float64Array(n);
  for (let start = 0, end = 0; start < n; start = end) {
    end = endOfRun(pairs, start, n);
    if (sharesLowerWord(pairs, start, end, words)) {
      rankTie(pairs, start, end, ranks);
      continue;
    }
    keyByLowerWord(pairs, start, end, words);
    if (end - start <= shortRun) insertionSortPairs(pairs, start, end);
    else radixSortPairs(pairs.subarray(2 * start, 2 * end), spare.subarray(2 * start, 2 * end));
    rankTies(pairs, start, end, ranks);
  }
  return ranks;
}

const signBit = 0x80000000;
const allBits = 0xffffffff;
const isNegative = (upper: number): boolean => upper >= signBit;

/** Where the upper half of a double lies on this machine: 1 is 0x3ff00000_00000000. */
const upperWord = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;
const lowerWord = 1 - upperWord;

/** Up to here insertion beats another radix sort. */
const shortRun = 64;

/** The halves of the values' bits, two for each; copied only where they have to be. */
function wordsOf(values: Numbers): Uint32Array {
  let hasNegativeZero = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) throw new HeedError("INVALID_QUERY", "NaN has no rank");
    if (Object.is(value, -0)) hasNegativeZero = true;
  }
  const own =
    values instanceof Float64Array && !hasNegativeZero
      ? values
      : Float64Array.from(values as ArrayLike<number>, (value) => value + 0); // -0 + 0 is 0
  return new Uint32Array(own.buffer, own.byteOffset, 2 * own.length);
}

/** Where the pairs with the key of the one at `start` end. */
function endOfRun(pairs: Uint32Array, start: number, limit: number): number {
  const key = pairs[2 * start];
  let end = start + 1;
  while (end < limit && pairs[2 * end] === key) end++;
  return end;
}

function sharesLowerWord(pairs: Uint32Array, start: number, end: number, words: Uint32Array): boolean {
  if (end - start === 1) return true;
  const lower = words[2 * pairs[2 * start + 1]! + lowerWord];
  for (let i = start + 1; i < end; i++) if (words[2 * pairs[2 * i + 1]! + lowerWord] !== lower) return false;
  return true;
}

function keyByLowerWord(pairs: Uint32Array, start: number, end: number, words: Uint32Array): void {
  const flip = isNegative(words[2 * pairs[2 * start + 1]! + upperWord]!) ? allBits : 0;
  for (let i = start; i < end; i++) pairs[2 * i] = words[2 * pairs[2 * i + 1]! + lowerWord]! ^ flip;
}

function insertionSortPairs(pairs: Uint32Array, start: number, end: number): void {
  for (let next = start + 1; next < end; next++) {
    const key = pairs[2 * next]!;
    const index = pairs[2 * next + 1]!;
    let place = next;
    for (; place > start && pairs[2 * place - 2]! > key; place--) {
      pairs[2 * place] = pairs[2 * place - 2]!;
      pairs[2 * place + 1] = pairs[2 * place - 1]!;
    }
    pairs[2 * place] = key;
    pairs[2 * place + 1] = index;
  }
}

/** Gives the sorted pairs from `start` to `end` their ranks, the mean rank to those with equal keys. */
function rankTies(pairs: Uint32Array, start: number, end: number, ranks: Float64Array): void {
  for (let first = start, next = start; first < end; first = next) {
    next = endOfRun(pairs, first, end);
    rankTie(pairs, first, next, ranks);
  }
}

function rankTie(pairs: Uint32Array, start: number, end: number, ranks: Float64Array): void {
  const rank = (start + 1 + end) / 2;
  for (let tied = start; tied < end; tied++) ranks[pairs[2 * tied + 1]!] = rank;
}
