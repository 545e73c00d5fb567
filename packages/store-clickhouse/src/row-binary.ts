import type { Column } from "./columns.ts";

/** What a row consists of, in the order of its columns; numbers are whole. */
export type Row = readonly (string | number | bigint | null)[];

/**
 * Rows in ClickHouse's format `RowBinary`, which it reads in half the time that JSON takes: a text after its length, a
 * number as 8 bytes, and before what may be absent a byte that says whether it is.
 */
export const rowBinary = (columns: readonly Column[], rows: readonly Row[]): Buffer => {
  const isNullable = columns.map(([, type]) => type.includes("Nullable"));
  const buffer = Buffer.allocUnsafe(rows.reduce((sum, row) => sum + mostBytes(row), 0));
  let at = 0;
  for (const row of rows) {
    for (let column = 0; column < row.length; column++) {
      const cell = row[column]!;
      if (isNullable[column]) buffer[at++] = cell === null ? 1 : 0;
      if (typeof cell === "string") at = writeText(buffer, cell, at);
      else if (typeof cell === "number") at = writeNumber(buffer, cell, at);
      else if (cell !== null) at = buffer.writeBigUInt64LE(cell, at);
    }
  }
  return buffer.subarray(0, at);
};

/** A byte for absence, up to five for a length, and up to three a UTF-16 code unit. */
const mostBytes = (row: Row): number =>
  row.reduce<number>((sum, cell) => sum + (typeof cell === "string" ? 6 + 3 * cell.length : 9), 0);

/** A whole number of at most 53 bits: making a BigInt of each takes longer than all else. */
const writeNumber = (buffer: Buffer, number: number, at: number): number =>
  buffer.writeInt32LE(Math.floor(number / 2 ** 32), buffer.writeUInt32LE(number >>> 0, at));

const writeText = (buffer: Buffer, text: string, at: number): number => {
  let place = at;
  let length = Buffer.byteLength(text);
  for (; length > 127; length >>>= 7) buffer[place++] = (length & 127) | 128;
  buffer[place++] = length;
  return place + buffer.write(text, place);
};
