import type { FileSink } from "./file-sink.ts";
import type { RowWriter } from "./row-writer.ts";

/** One row a line. */
export const jsonLinesWriter = ({ write }: FileSink): RowWriter => ({
  write: (row) => write(`${jsonLine(row)}\n`),
  end: async () => {},
});

/** One array, with one row a line. */
export const jsonArrayWriter = ({ write }: FileSink): RowWriter => {
  let before = "[\n";
  return {
    write: async (row) => {
      await write(`${before}${jsonLine(row)}`);
      before = ",\n";
    },
    end: () => write("\n]\n"),
  };
};

/**
 * A value as JSON that is one line to every reader: Node's readline, and Python's splitlines, end lines at U+0085, U+2028
 * and U+2029 too, which JSON leaves as they are. Escaped they are the same text to every parser.
 */
export const jsonLine = (value: object): string =>
  JSON.stringify(value).replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
