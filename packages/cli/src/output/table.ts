/**
 * Rows as aligned text: the first column to the left, all others to the right, two spaces apart, and every
 * line indented by two.
 *
 * @param left Which columns stand to the left, the first being 0.
 */
export const table = (rows: readonly (readonly string[])[], left: readonly number[] = [0]): string => {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = rows[0]?.map((_, column) => width(column)) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        left.includes(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return rows.map((row) => `  ${line(row)}\n`).join("");
};
