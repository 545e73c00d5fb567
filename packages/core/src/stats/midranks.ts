import { HeedError } from "../errors.ts";
import type { Numbers } from "./numbers.ts";
import { radixSortPairs } from "./radix-sort-pairs.ts";

/**
 * The rank of each value, from 1 for the smallest to n; equal values share the mean of their ranks, and -0 equals 0.
 *
 * Linear in n. The values are sorted by the upper half of their bits, which order doubles once those of negative ones are
 * flipped; then each run in which these agree, short or made of equal values as a rule, is sorted in full.
 *
 * @throws HeedError `INVALID_QUERY` for NaN, which has no rank.
 *
 * @example
 * midranks([10, 20, 10, 5]); // [2.5, 4, 2.5, 1]
 */
export function midranks(values: Numbers): Float64Array {
  const n = values.length;
  const sortable = copyToSort(values);
  const pairs = new Uint32Array(2 * n);
  const spare = new Uint32Array(2 * n);
  const words = new Uint32Array(sortable.buffer);
  for (let index = 0; index < n; index++) {
    const upper = words[2 * index + upperWord]!;
    pairs[2 * index] = upper ^ (isNegative(upper) ? allBits : signBit);
    pairs[2 * index + 1] = index;
  }
  radixSortPairs(pairs, spare);

  const ranks = new Float64Array(n);
  for (let start = 0, end = 0; start < n; start = end) {
    const key = pairs[2 * start];
    for (end = start + 1; end < n && pairs[2 * end] === key; ) end++;
    if (end - start === 1) {
      ranks[pairs[2 * start + 1]!] = end;
      continue;
    }
    if (end - start > longRun) sortByLowerWord(pairs.subarray(2 * start, 2 * end), words, spare);
    else sortByInsertion(pairs, start, end, sortable);
    rankRun(pairs, start, end, sortable, ranks);
  }
  return ranks;
}

const signBit = 0x80000000;
const allBits = 0xffffffff;
const isNegative = (upper: number): boolean => upper >= signBit;

/** Where the upper half of a double lies on this machine: 1 is 0x3ff00000_00000000. */
const upperWord = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;

/** Up to here insertion beats another radix sort. */
const longRun = 64;

function copyToSort(values: Numbers): Float64Array {
  const copy = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! + 0; // -0 + 0 is 0
    if (Number.isNaN(value)) throw new HeedError("INVALID_QUERY", "NaN has no rank");
    copy[i] = value;
  }
  return copy;
}

function sortByLowerWord(run: Uint32Array, words: Uint32Array, spare: Uint32Array): void {
  const flip = isNegative(words[2 * run[1]! + upperWord]!) ? allBits : 0;
  for (let i = 0; i < run.length; i += 2) run[i] = words[2 * run[i + 1]! + 1 - upperWord]! ^ flip;
  radixSortPairs(run, spare.subarray(0, run.length));
}

function sortByInsertion(pairs: Uint32Array, start: number, end: number, values: Float64Array): void {
  for (let next = start + 1; next < end; next++) {
    const index = pairs[2 * next + 1]!;
    const value = values[index]!;
    let place = next;
    for (; place > start && values[pairs[2 * place - 1]!]! > value; place--) {
      pairs[2 * place + 1] = pairs[2 * place - 1]!;
    }
    pairs[2 * place + 1] = index;
  }
}

/** Gives the sorted values from `start` to `end` their ranks, the mean rank to those that are equal. */
function rankRun(
  pairs: Uint32Array,
  start: number,
  end: number,
  values: Float64Array,
  ranks: Float64Array,
): void {
  for (let first = start, next = start; first < end; first = next) {
    const value = values[pairs[2 * first + 1]!];
    for (next = first + 1; next < end && values[pairs[2 * next + 1]!] === value; ) next++;
    const rank = (first + 1 + next) / 2;
    for (let tied = first; tied < next; tied++) ranks[pairs[2 * tied + 1]!] = rank;
  }
}
