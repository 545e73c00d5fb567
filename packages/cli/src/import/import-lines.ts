import { recordEvaluation, recordFeedback, type Store } from "@heed/core";
import type { ItemResult } from "@heed/schema";
import { type ParsedLine, parseLine } from "./parse-line.ts";
import type { Line } from "./read-lines.ts";

/** What became of the lines of an import. Empty lines are not counted. */
export interface ImportCounts {
  readonly stored: number;
  /** The very same item was there already. */
  readonly duplicate: number;
  /** The id belongs to another item, which stands. */
  readonly conflict: number;
  /** Not an event or a record, or not a valid one. */
  readonly rejected: number;
}

export interface ImportOptions {
  /** Hears of every line that was not kept, in order; `problem` never holds text of the line. */
  readonly onBadLine: (number: number, problem: string) => void;
  /** Hears how it stands after each batch, with the number of the last line read. */
  readonly onProgress: (lines: number, counts: ImportCounts) => void;
  /** Ends the import after the batch under way. */
  readonly signal: AbortSignal;
}

/** One batch is one commit, and what a batch holds is all that is held of the file. */
const batchLines = 1_000;
const batchLength = 4 * 1024 * 1024;

/**
 * Records every line that is an event or a record, and tells of every one that is not. A line that fails keeps
 * no other out. Without an id a line is stored again by every import of it.
 *
 * @throws HeedError `STORE_FAILED`: earlier batches are stored, and importing again is harmless for lines with ids.
 */
export const importLines = async (
  store: Store,
  lines: AsyncIterable<Line>,
  { onBadLine, onProgress, signal }: ImportOptions,
): Promise<ImportCounts> => {
  const counts = { stored: 0, duplicate: 0, conflict: 0, rejected: 0 };
  let batch: NumberedLine[] = [];
  let length = 0;
  let last = 0;

  const flush = async (): Promise<void> => {
    for (const { number, status, problem } of await recordBatch(store, batch)) {
      counts[status]++;
      if (problem !== undefined) onBadLine(number, problem);
    }
    batch = [];
    length = 0;
    onProgress(last, { ...counts });
  };

  for await (const line of lines) {
    if (signal.aborted) break;
    last = line.number;
    if ("text" in line && line.text.trim() === "") continue;
    batch.push({ number: line.number, ...parseLine(line) });
    length += "text" in line ? line.text.length : 0;
    if (batch.length >= batchLines || length >= batchLength) await flush();
  }
  await flush();
  return counts;
};

type NumberedLine = ParsedLine & { readonly number: number };

interface Outcome {
  readonly number: number;
  readonly status: ItemResult["status"];
  readonly problem?: string;
}

const recordBatch = async (store: Store, batch: readonly NumberedLine[]): Promise<readonly Outcome[]> => {
  const events = batch.filter((line) => line.kind === "feedback");
  const records = batch.filter((line) => line.kind === "evaluation");
  const results = new Map<number, ItemResult>();
  const keep = (lines: readonly NumberedLine[], found: readonly ItemResult[]): void => {
    for (const [at, result] of found.entries()) results.set(lines[at]!.number, result);
  };
  keep(
    events,
    await recordFeedback(
      store,
      events.map(({ item }) => item),
    ),
  );
  keep(
    records,
    await recordEvaluation(
      store,
      records.map(({ item }) => item),
    ),
  );

  return batch.map((line): Outcome => {
    const { number } = line;
    if (line.kind === "bad") return { number, status: "rejected", problem: line.problem };
    const result = results.get(number)!;
    switch (result.status) {
      case "rejected":
        return { number, status: "rejected", problem: describeRejection(result) };
      case "conflict":
        return { number, status: "conflict", problem: "its id belongs to another item, which stands" };
      default:
        return { number, status: result.status };
    }
  });
};

const describeRejection = ({ code, issues }: Extract<ItemResult, { status: "rejected" }>): string =>
  `${code} ${issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ")}`;
