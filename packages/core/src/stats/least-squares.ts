import { compensatedSum } from "./compensated-sum.ts";

interface LeastSquares {
  /** One for each column of X. */
  readonly coefficients: readonly number[];
  /** What the columns leave of y. */
  readonly residuals: Float64Array;
  /** For each coefficient, how much each value of y counts in it: the rows of X's pseudoinverse. */
  readonly weights: readonly Float64Array[];
}

/**
 * The sum of a few columns that comes nearest to y, in squares. The columns must be linearly independent.
 *
 * By X = QR and not by X'X, whose condition is the square of X's. Source: modified Gram-Schmidt, each column taken off
 * twice, which makes it as good as Householder's (L. Giraud, J. Langou, M. Rozloznik, Computers and Mathematics with
 * Applications 50 (2005), 1069-1075).
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array): LeastSquares {
  const q: Float64Array[] = [];
  // The inverse of R, column by column: q[j] is so much of each of the columns of X.
  const shares: number[][] = [];
  for (const [j, column] of columns.entries()) {
    let rest = column;
    const share = columns.map((_, i) => (i === j ? 1 : 0));
    for (const i of [...q.keys(), ...q.keys()]) {
      const overlap = dot(q[i]!, rest);
      rest = rest.map((value, t) => value - overlap * q[i]![t]!);
      for (const k of share.keys()) share[k]! -= overlap * shares[i]![k]!;
    }
    const length = Math.sqrt(dot(rest, rest));
    q.push(rest.map((value) => value / length));
    shares.push(share.map((value) => value / length));
  }

  const weights = columns.map((_, i) =>
    y.map((_, t) => q.reduce((sum, direction, j) => sum + shares[j]![i]! * direction[t]!, 0)),
  );
  let residuals = y;
  for (const direction of [...q, ...q]) {
    const overlap = dot(direction, residuals);
    residuals = residuals.map((value, t) => value - overlap * direction[t]!);
  }
  return { coefficients: weights.map((weight) => dot(weight, y)), residuals, weights };
}

const dot = (x: Float64Array, y: Float64Array): number => compensatedSum(x.map((value, t) => value * y[t]!));
