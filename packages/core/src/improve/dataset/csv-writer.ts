import type { FileSink } from "./file-sink.ts";
import type { RowWriter } from "./row-writer.ts";

/** Comma-separated values as RFC 4180 quotes them, with a header, and `\n` after each record. */
export const csvWriter = ({ write }: FileSink): RowWriter => {
  let hasHeader = false;
  return {
    write: async (row) => {
      if (!hasHeader) await write(recordOf(Object.keys(row)));
      hasHeader = true;
      await write(recordOf(Object.values(row).map(String)));
    },
    end: async () => {},
  };
};

const recordOf = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoted(neutralised(cell))).join(",")}\n`;

/**
 * Spreadsheets run a cell that begins with one of these characters, in full width too: an apostrophe before it makes it a
 * text. One more goes before cells that begin like that already, so that taking one away gives back every text.
 */
const neutralised = (cell: string): string => (/^'*[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
