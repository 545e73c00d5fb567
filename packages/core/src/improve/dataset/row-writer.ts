import { csvWriter } from "./csv-writer.ts";
import type { RowFormat } from "./dataset-formats.ts";
import type { FileSink } from "./file-sink.ts";
import { jsonArrayWriter, jsonLinesWriter } from "./json-writers.ts";
import { parquetWriter } from "./parquet-writer.ts";

/** Writes rows into a file, one after the other. */
export interface RowWriter {
  write(row: object): Promise<void>;
  /** Writes what belongs after the last row. */
  end(): Promise<void>;
}

/** The writer of each kind of file. */
export const rowWriters: Readonly<Record<RowFormat["file"], (sink: FileSink) => RowWriter>> = {
  jsonl: jsonLinesWriter,
  json: jsonArrayWriter,
  csv: csvWriter,
  parquet: parquetWriter,
};
