import { compensatedSum } from "../stats/compensated-sum.ts";

/** How unequal the weights of requests are. */
export interface CellWeightSpread {
  readonly maxWeight: number;
  /** Kish's effective sample size: how many requests of equal weight would give as sure a mean. */
  readonly effectiveSize: number;
  /** Kish's design effect: requests weighted above 0 by the effective size; 1 for equal weights. */
  readonly designEffect: number;
}

/**
 * What `trimWeights` does, for weights that many requests share: those above `cap` times the median are cut, and all are
 * scaled to the sum they had. Without a cap they stay.
 *
 * @param weights what a request of each cell counts for
 * @param sizes how many requests each cell has
 */
export const trimCellWeights = (weights: Float64Array, sizes: Float64Array, cap: number | false) => {
  const limit = cap === false ? Number.POSITIVE_INFINITY : cap * medianOf(weights, sizes);
  const cut = weights.map((weight) => Math.min(weight, limit));
  const trimmed = sizes.reduce((sum, size, cell) => (weights[cell]! > limit ? sum + size : sum), 0);
  const scale = trimmed === 0 ? 1 : sumOf(weights, sizes) / sumOf(cut, sizes);
  const after = cut.map((weight) => weight * scale);
  return { weights: after, trimmed, before: spreadOf(weights, sizes), after: spreadOf(after, sizes) };
};

const sumOf = (weights: Float64Array, sizes: Float64Array): number =>
  compensatedSum(weights.map((weight, cell) => weight * sizes[cell]!));

/** The median weight of the requests whose weight is above 0. */
const medianOf = (weights: Float64Array, sizes: Float64Array): number => {
  const cells = [...weights.keys()]
    .filter((cell) => weights[cell]! > 0 && sizes[cell]! > 0)
    .sort((a, b) => weights[a]! - weights[b]!);
  const n = cells.reduce((sum, cell) => sum + sizes[cell]!, 0);
  const weightAt = (place: number): number => {
    let beyond = place;
    for (const cell of cells) {
      beyond -= sizes[cell]!;
      if (beyond < 0) return weights[cell]!;
    }
    return 0;
  };
  return (weightAt(Math.floor((n - 1) / 2)) + weightAt(Math.floor(n / 2))) / 2;
};

const spreadOf = (weights: Float64Array, sizes: Float64Array): CellWeightSpread => {
  const maxWeight = weights.reduce((max, weight) => Math.max(max, weight), 0);
  const shares = weights.map((weight) => weight / maxWeight); // exact for equal weights
  const squares = shares.map((share) => share * share);
  const effectiveSize = sumOf(shares, sizes) ** 2 / sumOf(squares, sizes);
  const n = sizes.reduce((sum, size, cell) => (weights[cell]! > 0 ? sum + size : sum), 0);
  return { maxWeight, effectiveSize, designEffect: n / effectiveSize };
};
