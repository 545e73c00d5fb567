import { radixSortPairs } from "./radix-sort-pairs.ts";

/**
 * The places of two columns of ranks, in the order of the first and, where these tie, of the second; where
 * both tie, as they stand. Linear in n.
 *
 * Of midranks the integer part is compared: it is the same within a tie, and never between two.
 */
export function orderByBoth(
  first: Float64Array | Uint32Array,
  second: Float64Array | Uint32Array,
): Uint32Array {
  const n = first.length;
  const pairs = new Uint32Array(2 * n);
  const spare = new Uint32Array(2 * n);
  for (let i = 0; i < n; i++) {
    pairs[2 * i] = second[i]!;
    pairs[2 * i + 1] = i;
  }
  radixSortPairs(pairs, spare);
  for (let i = 0; i < n; i++) pairs[2 * i] = first[pairs[2 * i + 1]!]!;
  radixSortPairs(pairs, spare);
  const order = new Uint32Array(n);
  for (let place = 0; place < n; place++) order[place] = pairs[2 * place + 1]!;
  return order;
}
