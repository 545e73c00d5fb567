import { compensatedSum } from "./compensated-sum.ts";

const blockLength = 1024;

/** Sums of squares and of products of two columns, each value less the mean of its column. */
interface CentredSums {
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/**
 * The second pass of a variance, a covariance or a correlation. Unlike `Σxy - n meanX meanY`, centring first
 * keeps the digits of values that lie far from zero.
 *
 * Blocks are added with compensation, and what the rounding of the two means contributes, their drift, is
 * taken off again. On up to 2.9 million midranks no sum is rounded: the products are multiples of a quarter,
 * and no block exceeds what a double holds exactly.
 *
 * Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for Computing the Sample Variance", The
 * American Statistician 37 (1983), 242-247: the corrected two-pass algorithm.
 */
export function centredSums(x: Float64Array, meanX: number, y: Float64Array, meanY: number): CentredSums {
  const n = x.length;
  const blocks = Math.ceil(n / blockLength);
  const blocksXX = new Float64Array(blocks);
  const blocksYY = new Float64Array(blocks);
  const blocksXY = new Float64Array(blocks);
  let driftX = 0;
  let driftY = 0;
  for (let block = 0; block < blocks; block++) {
    const end = Math.min(n, (block + 1) * blockLength);
    let xx = 0;
    let yy = 0;
    let xy = 0;
    for (let i = block * blockLength; i < end; i++) {
      const deviationX = x[i]! - meanX;
      const deviationY = y[i]! - meanY;
      xx += deviationX * deviationX;
      yy += deviationY * deviationY;
      xy += deviationX * deviationY;
      driftX += deviationX;
      driftY += deviationY;
    }
    blocksXX[block] = xx;
    blocksYY[block] = yy;
    blocksXY[block] = xy;
  }
  return {
    xx: compensatedSum(blocksXX) - (driftX * driftX) / n,
    yy: compensatedSum(blocksYY) - (driftY * driftY) / n,
    xy: compensatedSum(blocksXY) - (driftX * driftY) / n,
  };
}
