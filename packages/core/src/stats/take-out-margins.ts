import { type Codes, codeLimit, sumsByCode } from "./codes.ts";

/** Up to here the sweeps of several margins go on; the change shrinks by a factor each time. */
const mostSweeps = 200;

/**
 * Takes out of the values, in place, what the cells of the margins explain: their regression, weighted, on all cells.
 * A row of weight 0 explains nothing, and keeps its value.
 */
export function takeOutMargins(values: Float64Array, weights: Float64Array, margins: readonly Codes[]): void {
  const sized = margins.map((codes) => {
    const limit = codeLimit(codes);
    return { codes, limit, sizes: sumsByCode(weights, codes, limit) };
  });
  const negligible = 1e-15 * largestSize(values);
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let largest = 0;
    for (const { codes, limit, sizes } of sized) {
      const sums = sumsByCode(
        values.map((value, i) => weights[i]! * value),
        codes,
        limit,
      );
      const means = sums.map((sum, cell) => (sizes[cell] === 0 ? 0 : sum / sizes[cell]!));
      for (let i = 0; i < values.length; i++) if (weights[i]! > 0) values[i]! -= means[codes[i]!]!;
      largest = Math.max(largest, largestSize(means));
    }
    if (largest <= negligible) return;
  }
}

const largestSize = (values: Float64Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
