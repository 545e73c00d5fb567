import { centredSums } from "./centred-sums.ts";
import type { Correlation } from "./correlation.ts";
import { countInversions } from "./count-inversions.ts";
import { finitePairs } from "./finite-pairs.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { isConstant } from "./is-constant.ts";
import { midranks } from "./midranks.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";
import type { Numbers } from "./numbers.ts";
import { orderByBoth } from "./order-by-both.ts";

/**
 * Kendall's tau-b: how much more often two pairs agree in their order than not, among those that neither
 * column ties, from -1 to 1. Usually nearer 0 than Spearman's, and easier to put into words.
 *
 * Pairs with a number that is not finite are dropped and counted. The p-value is that of the normal
 * approximation with the variance that ties leave, at every n: SciPy's `kendalltau(method="asymptotic")`,
 * fair from about ten pairs. The interval takes `sqrt(0.437 / (n - 4))` as the standard error of
 * `atanh(tau)`, so it needs five pairs.
 *
 * In time n log n; the counts are whole numbers, and exact to far beyond ten million pairs.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length or the confidence is not in (0, 1).
 *
 * Source: W. R. Knight, Journal of the American Statistical Association 61 (1966), 436-439, for the counting;
 * H. E. Daniels, Biometrika 33 (1944), 129-135, for the variance; D. G. Bonett, T. A. Wright, Psychometrika
 * 65 (2000), 23-28, for the interval.
 *
 * @example
 * kendall([1, 2, 3, 4, 5], [1, 4, 9, 25, 16]); // r 0.8, p 0.0500...
 */
export function kendall(x: Numbers, y: Numbers, options: IntervalOptions = {}): Correlation {
  const level = upperLevel(options);
  const { x: keptX, y: keptY, dropped } = finitePairs(x, y);
  const n = keptX.length;
  const missing = { n, dropped, r: null, p: null, ci: null };
  if (n < 2) return { ...missing, reason: "too_few" };
  if (isConstant(keptX) || isConstant(keptY)) return { ...missing, reason: "constant" };

  const ranks = { x: midranks(keptX), y: midranks(keptY) };
  const { score, untiedX, untiedY } = countOrders(ranks.x, ranks.y);
  const r = score / Math.sqrt(untiedX * untiedY);
  if (n < 3) return { ...missing, r, reason: "too_few" };

  const z = score / Math.sqrt(varianceOfScore(ranks.x, ranks.y, untiedX, untiedY));
  const p = 2 * normalUpperTail(Math.abs(z));
  if (n < 5) return { ...missing, r, p, reason: "too_few" };

  const centre = Math.atanh(r);
  const margin = normalQuantile(level) * Math.sqrt(0.437 / (n - 4));
  return { n, dropped, r, p, ci: [Math.tanh(centre - margin), Math.tanh(centre + margin)], reason: null };
}

/** Counts of twos of pairs: concordant less discordant ones, and those that a column does not tie. */
function countOrders(ranksX: Float64Array, ranksY: Float64Array) {
  const n = ranksX.length;
  const order = orderByBoth(ranksX, ranksY);
  const sortedX = order.map((i) => ranksX[i]!);
  const sortedY = order.map((i) => ranksY[i]!);
  const twos = (n * (n - 1)) / 2;
  const tiedInX = countTies(n, (i) => sortedX[i] === sortedX[i - 1]);
  const tiedInBoth = countTies(n, (i) => sortedX[i] === sortedX[i - 1] && sortedY[i] === sortedY[i - 1]);
  const discordant = countInversions(sortedY);
  const tiedInY = countTies(n, (i) => sortedY[i] === sortedY[i - 1]);
  return {
    score: twos - tiedInX - tiedInY + tiedInBoth - 2 * discordant,
    untiedX: twos - tiedInX,
    untiedY: twos - tiedInY,
  };
}

/** How many twos tie, in a sorted column: each value with all before it in its run. */
function countTies(n: number, tiesWithLast: (i: number) => boolean): number {
  let run = 0;
  let ties = 0;
  for (let i = 1; i < n; i++) {
    run = tiesWithLast(i) ? run + 1 : 0;
    ties += run;
  }
  return ties;
}

/**
 * The variance of the score over all ways to pair the columns. The textbook's sums over ties take nearly
 * equal cubes from each other when most values tie; written by the spread of the ranks, no digits are lost.
 */
function varianceOfScore(
  ranksX: Float64Array,
  ranksY: Float64Array,
  untiedX: number,
  untiedY: number,
): number {
  const n = ranksX.length;
  const { xx, yy } = centredSums(ranksX, (n + 1) / 2, ranksY, (n + 1) / 2);
  const triplesX = 4 * xx - 2 * untiedX;
  const triplesY = 4 * yy - 2 * untiedY;
  return (2 * untiedX * untiedY + (triplesX * triplesY) / (n - 2)) / (n * (n - 1));
}
