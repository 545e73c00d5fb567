import { requireChoice } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { finitePairs } from "./finite-pairs.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { normalQuantile } from "./normal-quantile.ts";
import type { Numbers } from "./numbers.ts";

export interface CohenKappaOptions extends IntervalOptions {
  /**
   * What a disagreement counts: `none`, each the same; `linear`, as many steps as the two codes lie apart;
   * `quadratic`, the square of that. The last two are for codes in order.
   * @default "none"
   */
  readonly weights?: "none" | "linear" | "quadratic" | undefined;
  /**
   * How many categories there are, up to 1,000.
   * @default one more than the largest code
   */
  readonly categories?: number | undefined;
}

/** How far two raters agree beyond chance, how sure that is, and on what it rests. */
export interface CohenKappa {
  /** Items that both rated. */
  readonly n: number;
  /** Items left out because a rating is not finite. */
  readonly dropped: number;
  /** 1 for full agreement, 0 for as much as chance gives, negative for less; null if that is undefined. */
  readonly kappa: number | null;
  /** Agreement found, 0 to 1: share of items; with weights, 1 less the mean share of the largest distance. */
  readonly observed: number | null;
  /** The same if the raters kept their frequencies, but knew nothing of each other. */
  readonly expected: number | null;
  /** Of kappa, for large n; null, as the interval, where the table gives it no spread. */
  readonly standardError: number | null;
  /** Confidence interval, cut off at -1 and 1. */
  readonly ci: readonly [number, number] | null;
  /**
   * Why something above is null: no items; nothing but one category, on which to agree is no merit; or kappa
   * without an interval, as the agreement is perfect or as bad as can be, or one rater never varies.
   */
  readonly reason: "too_few" | "constant" | "no_spread" | null;
  /** How often each pair of codes occurs: a row for each code of the first rater. */
  readonly table: readonly (readonly number[])[];
}

/**
 * Cohen's kappa: how far two raters who put the same items into categories agree beyond chance.
 *
 * Give both columns codes from one list, 0 to k - 1: two lists make a low kappa out of a high agreement.
 * Kappa falls with rare categories at the same agreement, so read it beside `observed`. Pairs with a number
 * that is not finite are dropped and counted.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a code is not a whole number from 0
 * below `categories`, or an option is out of range.
 *
 * Source: J. Cohen, Educational and Psychological Measurement 20 (1960), 37-46, and, weighted, Psychological
 * Bulletin 70 (1968), 213-220; the standard error of J. L. Fleiss, J. Cohen, B. S. Everitt, "Large sample
 * standard errors of kappa and weighted kappa", Psychological Bulletin 72 (1969), 323-327.
 *
 * @example
 * cohenKappa([0, 0, 1, 1, 2], [0, 1, 1, 1, 2]); // kappa 0.6875, observed 0.8, expected 0.36
 */
export function cohenKappa(a: Numbers, b: Numbers, options: CohenKappaOptions = {}): CohenKappa {
  const { weights = "none", categories } = options;
  requireChoice("weights", weights, Object.keys(distances));
  const level = upperLevel(options);
  const { x, y, dropped } = finitePairs(a, b);
  const table = crossTable(x, y, categories);
  const n = x.length;
  const counts = { n, dropped, table };
  const missing = { ...counts, kappa: null, observed: null, expected: null, standardError: null, ci: null };
  if (n === 0) return { ...missing, reason: "too_few" };

  const distance = distances[weights];
  const { found, chance, fromRow, fromColumn } = disagreement(table, distance, n);
  const most = n * distance(0, Math.max(1, table.length - 1));
  const agreement = { observed: (most - found) / most, expected: (most - chance) / most };
  if (chance === 0) return { ...missing, ...agreement, reason: "constant" };

  const kappa = (chance - found) / chance;
  const estimate = { ...counts, kappa, ...agreement };
  // How each item pulls on kappa. The textbook's formula is the variance of these pulls, multiplied out.
  const ratio = found / chance;
  const pulls = sumOverCells(table, (count, i, j) => {
    const pull = (ratio * (fromRow[i]! + fromColumn[j]!) - n * distance(i, j)) / chance - ratio;
    return count * pull * pull;
  });
  const standardError = Math.sqrt(pulls) / n;
  if (standardError < spreadless) return { ...estimate, standardError: null, ci: null, reason: "no_spread" };

  const margin = normalQuantile(level) * standardError;
  const ci = [Math.max(-1, kappa - margin), Math.min(1, kappa + margin)] as const;
  return { ...estimate, standardError, ci, reason: null };
}

/** Above what rounding leaves of a standard error of zero; any other is at least of the order of 1 / n. */
const spreadless = 1e-12;

const distances = {
  none: (i: number, j: number): number => (i === j ? 0 : 1),
  linear: (i: number, j: number): number => Math.abs(i - j),
  quadratic: (i: number, j: number): number => (i - j) ** 2,
} as const;

const mostCategories = 1000;

/** How often the first rater's code i meets the second's j, in row i and column j. */
function crossTable(x: Float64Array, y: Float64Array, categories: number | undefined): number[][] {
  const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, value), -1);
  const k = categories ?? Math.floor(Math.max(largest(x), largest(y))) + 1;
  if (!(Number.isInteger(k) && k >= 0 && k <= mostCategories))
    throw new HeedError("INVALID_QUERY", `the categories are not a whole number up to ${mostCategories}`);
  const table = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  for (let item = 0; item < x.length; item++) {
    const row = table[x[item]!];
    const code = y[item]!;
    if (row?.[code] === undefined)
      throw new HeedError("INVALID_QUERY", "a code is not a whole number from 0 to below the categories");
    row[code]! += 1;
  }
  return table;
}

/**
 * The sum of the distances between the two codes of an item: `found`, and by `chance`; and for one code of
 * either rater, its distance to all of the other's.
 */
function disagreement(table: number[][], distance: (i: number, j: number) => number, n: number) {
  const rows = table.map((_, i) => sumOf(table.length, (j) => table[i]![j]!));
  const columns = table.map((_, j) => sumOf(table.length, (i) => table[i]![j]!));
  const fromRow = rows.map((_, i) => sumOf(table.length, (j) => columns[j]! * distance(i, j)));
  const fromColumn = columns.map((_, j) => sumOf(table.length, (i) => rows[i]! * distance(i, j)));
  return {
    fromRow,
    fromColumn,
    found: sumOverCells(table, (count, i, j) => count * distance(i, j)),
    chance: sumOf(table.length, (i) => rows[i]! * fromRow[i]!) / n,
  };
}

function sumOf(length: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += term(i);
  return sum;
}

const sumOverCells = (table: number[][], term: (count: number, i: number, j: number) => number): number =>
  sumOf(table.length, (i) => sumOf(table.length, (j) => term(table[i]![j]!, i, j)));
