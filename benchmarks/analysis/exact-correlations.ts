/** Both correlations in whole numbers without end, rounded once at the very end: slow, and right to the last digit. */

/** @param x Multiples of 2^-20, as y. */
export const exactPearson = (x: Float64Array, y: Float64Array): number => correlationOf(wholes(x), wholes(y));

/** Ranks are halves of whole numbers. */
export const exactSpearman = (x: Float64Array, y: Float64Array): number =>
  correlationOf(doubledRanks(x), doubledRanks(y));

const wholes = (values: Float64Array): bigint[] => Array.from(values, (value) => BigInt(value * 2 ** 20));

const doubledRanks = (values: Float64Array): bigint[] => {
  const sorted = values.toSorted();
  const ranks = new Map<number, bigint>();
  for (let first = 0, next = 0; first < sorted.length; first = next) {
    next = first + 1;
    while (sorted[next] === sorted[first]) next++;
    ranks.set(sorted[first]!, BigInt(first + 1 + next));
  }
  return Array.from(values, (value) => ranks.get(value)!);
};

const correlationOf = (x: readonly bigint[], y: readonly bigint[]): number => {
  const n = BigInt(x.length);
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0n, 0n, 0n, 0n, 0n];
  for (let at = 0; at < x.length; at++) {
    const [a, b] = [x[at]!, y[at]!];
    sumX += a;
    sumY += b;
    sumXX += a * a;
    sumYY += b * b;
    sumXY += a * b;
  }
  const covariance = n * sumXY - sumX * sumY;
  const squares = (n * sumXX - sumX * sumX) * (n * sumYY - sumY * sumY);
  // Thirty digits behind the point, so that the one rounding is the last.
  const scale = 10n ** 30n;
  const size = rootOf((covariance * covariance * scale * scale) / squares);
  return ((covariance < 0n ? -1 : 1) * Number(size)) / Number(scale);
};

/** The whole square root, by Newton's method. */
const rootOf = (value: bigint): bigint => {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const better = (root + value / root) / 2n;
    if (better >= root) return root;
    root = better;
  }
};
