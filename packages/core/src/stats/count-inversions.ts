/**
 * How many pairs of values stand in the wrong order, the larger before the smaller; equal ones do not. Exact
 * up to 94 million values. The values are sorted on the way, in place.
 *
 * A bottom-up merge sort: whenever a value of the right half goes before what is left of the left half, it
 * passes all of these.
 *
 * Source: W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data", Journal of the
 * American Statistical Association 61 (1966), 436-439.
 */
export function countInversions(values: Uint32Array): number {
  const n = values.length;
  let from: Uint32Array = values;
  let to: Uint32Array = new Uint32Array(n);
  let inversions = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(middle + width, n);
      let left = start;
      let right = middle;
      let place = start;
      while (left < middle && right < end) {
        if (from[right]! < from[left]!) {
          inversions += middle - left;
          to[place++] = from[right++]!;
        } else to[place++] = from[left++]!;
      }
      while (left < middle) to[place++] = from[left++]!;
      while (right < end) to[place++] = from[right++]!;
    }
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return inversions;
}
