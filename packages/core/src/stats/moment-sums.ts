import type { Moments } from "./moments.ts";

/** Sufficient statistics of one column: what its mean and spread are made of. */
export interface MomentSums {
  readonly n: number;
  /** 0 without values. */
  readonly mean: number;
  /** Sum of the squared deviations from the mean. */
  readonly m2: number;
}

/** Sufficient statistics of two columns: what their means, spreads and correlation are made of. */
export interface PairedMomentSums {
  readonly n: number;
  readonly meanX: number;
  readonly meanY: number;
  /** Sums of the squared deviations from the means. */
  readonly m2X: number;
  readonly m2Y: number;
  /** Sum of the products of the deviations. */
  readonly cXY: number;
}

type Mutable<Sums> = { -readonly [Field in keyof Sums]: Sums[Field] };

/** Sums of nothing, to add values to. */
export const emptyMoments = (): Mutable<MomentSums> => ({ n: 0, mean: 0, m2: 0 });

/** Sums of nothing, to add pairs to. */
export const emptyPairedMoments = (): Mutable<PairedMomentSums> => ({
  n: 0,
  meanX: 0,
  meanY: 0,
  m2X: 0,
  m2Y: 0,
  cXY: 0,
});

/**
 * Adds a value to the sums, in place; values far from zero keep their digits.
 *
 * Source: B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
 * Technometrics 4 (1962), 419-420.
 */
export const addValue = (sums: Mutable<MomentSums>, value: number): void => {
  const deviation = value - sums.mean;
  sums.n++;
  sums.mean += deviation / sums.n;
  sums.m2 += deviation * (value - sums.mean);
};

/** Adds a pair to the sums, in place. */
export const addPair = (sums: Mutable<PairedMomentSums>, x: number, y: number): void => {
  const deviationX = x - sums.meanX;
  const deviationY = y - sums.meanY;
  sums.n++;
  sums.meanX += deviationX / sums.n;
  sums.meanY += deviationY / sums.n;
  sums.m2X += deviationX * (x - sums.meanX);
  sums.m2Y += deviationY * (y - sums.meanY);
  sums.cXY += deviationX * (y - sums.meanY);
};

/**
 * The sums of both parts together.
 *
 * Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for Computing the Sample Variance", The American
 * Statistician 37 (1983), 242-247.
 */
export const mergeMoments = (a: MomentSums, b: MomentSums): MomentSums => {
  const n = a.n + b.n;
  if (n === 0) return emptyMoments();
  const gap = b.mean - a.mean;
  return { n, mean: a.mean + gap * (b.n / n), m2: a.m2 + b.m2 + gap * gap * a.n * (b.n / n) };
};

/** The sums of both parts together, of pairs. */
export const mergePairedMoments = (a: PairedMomentSums, b: PairedMomentSums): PairedMomentSums => {
  const x = mergeMoments(momentsOfX(a), momentsOfX(b));
  const y = mergeMoments(momentsOfY(a), momentsOfY(b));
  const gaps = (b.meanX - a.meanX) * (b.meanY - a.meanY);
  const cXY = x.n === 0 ? 0 : a.cXY + b.cXY + gaps * a.n * (b.n / x.n);
  return { n: x.n, meanX: x.mean, meanY: y.mean, m2X: x.m2, m2Y: y.m2, cXY };
};

const momentsOfX = ({ n, meanX, m2X }: PairedMomentSums): MomentSums => ({ n, mean: meanX, m2: m2X });
const momentsOfY = ({ n, meanY, m2Y }: PairedMomentSums): MomentSums => ({ n, mean: meanY, m2: m2Y });

/** The mean and standard deviation that the sums make. */
export const momentsOfSums = ({ n, mean, m2 }: MomentSums): Moments => ({
  n,
  dropped: 0,
  mean: n === 0 ? null : mean,
  sd: n < 2 ? null : Math.sqrt(m2 / (n - 1)),
});
