import { HeedError } from "../errors.ts";
import { chiSquareUpperTail } from "./chi-square-upper-tail.ts";
import { compensatedSum } from "./compensated-sum.ts";
import type { Numbers } from "./numbers.ts";

export interface ChiSquareTest {
  /** Sum of the counts. */
  readonly n: number;
  /** Pearson's chi-square: how far the counts are from what independence leads to expect. */
  readonly statistic: number | null;
  /** Degrees of freedom: rows less one times columns less one, the empty ones left out. */
  readonly df: number | null;
  /** The p-value that rows and columns have nothing to do with each other. */
  readonly p: number | null;
  /** Cramer's V: how strongly they go together, from 0 to 1, however many counts there are. */
  readonly cramersV: number | null;
  /** Why there is no test: no counts, or fewer than two rows or columns that have any; else null. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * Pearson's chi-square test of independence: whether the rows of a table of counts differ in how they spread over the
 * columns. Without a continuity correction.
 *
 * An approximation, fair where independence leads to expect five or more in most cells. Rows and columns without any
 * count say nothing and are left out. Counts may be fractions, as weighted ones are.
 *
 * @param table one list of counts a row
 *
 * @throws HeedError `INVALID_QUERY` if rows differ in length, or a count is negative or not finite.
 *
 * Source: K. Pearson, Philosophical Magazine 50 (1900), 157-175; H. Cramer, "Mathematical Methods of Statistics"
 * (1946). SciPy's `chi2_contingency(correction=False)`.
 *
 * @example
 * chiSquareTest([[5, 1], [2, 8]]); // statistic 6.11..., df 1, p 0.0134..., cramersV 0.618...
 */
export function chiSquareTest(table: readonly Numbers[]): ChiSquareTest {
  const width = table[0]?.length ?? 0;
  if (table.some((row) => row.length !== width))
    throw new HeedError("INVALID_QUERY", "the rows of the table differ in length");
  const counts = table.map((row) => Float64Array.from(row));
  if (!counts.every((row) => row.every((count) => count >= 0 && count < Number.POSITIVE_INFINITY)))
    throw new HeedError("INVALID_QUERY", "a count is negative or not finite");

  const rows = counts.map((row) => ({ row, sum: compensatedSum(row) })).filter(({ sum }) => sum > 0);
  const columns = Array.from({ length: width }, (_, column) => ({
    column,
    sum: compensatedSum(Float64Array.from(counts, (row) => row[column]!)),
  })).filter(({ sum }) => sum > 0);
  const n = compensatedSum(Float64Array.from(rows, ({ sum }) => sum));
  const fewest = Math.min(rows.length, columns.length);
  if (fewest < 2) {
    const reason = n === 0 ? "too_few" : "constant";
    return { n, statistic: null, df: null, p: null, cramersV: null, reason };
  }

  const cells = rows.flatMap(({ row, sum }) =>
    columns.map((of) => {
      const expected = sum * (of.sum / n);
      return ((row[of.column]! - expected) / expected) * (row[of.column]! - expected);
    }),
  );
  const statistic = compensatedSum(Float64Array.from(cells));
  const df = (rows.length - 1) * (columns.length - 1);
  const cramersV = Math.min(1, Math.sqrt(statistic / n / (fewest - 1)));
  return { n, statistic, df, p: chiSquareUpperTail(statistic, df), cramersV, reason: null };
}
