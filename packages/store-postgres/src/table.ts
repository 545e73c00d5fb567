import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";

/** How a field of an item is kept in a column. */
interface Column {
  readonly name: string;
  readonly field: string;
  readonly kind: keyof typeof kinds;
}

/** How the items of one table look: its columns beside the tenant, the id first. */
export interface Table<Item> {
  readonly name: "feedback_events" | "eval_logs" | "changes";
  readonly columns: readonly Column[];
  readonly toCells: (item: Item) => Cell[];
  readonly fromCells: (cells: readonly unknown[]) => Item;
}

export type Cell = string | number | null;

/**
 * The kinds of columns: their type in Postgres, how a row is asked for them so that every driver gives the same, and the
 * way of a value in and out.
 */
export const kinds = {
  text: {
    type: "text",
    select: (name: string) => name,
    write: (value: unknown) => value as string,
    read: (cell: unknown) => cell,
  },
  number: {
    type: "float8",
    select: (name: string) => name,
    write: (value: unknown) => value as number,
    read: Number,
  },
  // Milliseconds since 1970, so that what comes back is the very same moment.
  time: {
    type: "int8",
    select: (name: string) => name,
    write: (value: unknown) => (value as Date).getTime(),
    read: (cell: unknown) => new Date(Number(cell)),
  },
  // As text on the way out: some drivers parse JSON, and some do not.
  json: {
    type: "jsonb",
    select: (name: string) => `${name}::text`,
    write: (value: unknown) => JSON.stringify(value),
    read: (cell: unknown) => JSON.parse(cell as string) as unknown,
  },
} as const;

const table = <Item extends object>(
  name: Table<Item>["name"],
  columns: readonly (readonly [name: string, kind: Column["kind"], field?: string])[],
): Table<Item> => {
  const all = columns.map(([name, kind, field = name]) => ({ name, kind, field }));
  return {
    name,
    columns: all,
    toCells: (item) =>
      all.map(({ field, kind }) => {
        const value = (item as Record<string, unknown>)[field];
        return value === undefined ? null : kinds[kind].write(value);
      }),
    // A field that was not given is absent, and not empty.
    fromCells: (cells) =>
      Object.fromEntries(
        all.flatMap(({ field, kind }, at) =>
          cells[at] === null ? [] : [[field, kinds[kind].read(cells[at])]],
        ),
      ) as Item,
  };
};

export const feedbackTable = table<FeedbackEvent>("feedback_events", [
  ["id", "text"],
  ["request_id", "text", "requestId"],
  ["type", "text"],
  ["value", "json"],
  ["reasons", "json"],
  ["share", "number"],
  ["user_id", "text", "userId"],
  ["timestamp_ms", "time", "timestamp"],
  ["metadata", "json"],
]);

export const evaluationTable = table<EvaluationRecord>("eval_logs", [
  ["id", "text"],
  ["request_id", "text", "requestId"],
  ["timestamp_ms", "time", "timestamp"],
  ["eval_scores", "json", "evalScores"],
  ["evaluator", "json"],
  ["model", "text"],
  ["prompt_version", "text", "promptVersion"],
  ["metadata", "json"],
  ["prompt", "text"],
  ["output", "text"],
]);

export const changeTable = table<ChangeRecord>("changes", [
  ["id", "text"],
  ["change", "text"],
  ["timestamp_ms", "time", "timestamp"],
  ["reason", "text"],
  ["segment", "json"],
  ["metadata", "json"],
]);
