import type { CollectionName } from "./place.ts";

/** A column: its name, and the type of its values. */
export type Column = readonly [name: string, type: ColumnType];

export type ColumnType =
  | "String"
  | "Nullable(String)"
  | "LowCardinality(String)"
  | "LowCardinality(Nullable(String))"
  | "Int64"
  | "UInt64";

/**
 * The columns of an item, in the order of its cells. Objects are JSON, as maps take twice as long to merge, and ClickHouse
 * before 26.7 reads some fractions wrong in the last digit.
 */
export const columns: Readonly<Record<CollectionName, readonly Column[]>> = {
  feedback_events: [
    ["id", "String"],
    ["request_id", "String"],
    ["type", "LowCardinality(String)"],
    // As JSON, so that a rating and a text come back as what they were.
    ["value", "String"],
    ["reasons", "Nullable(String)"],
    ["share", "Nullable(String)"],
    ["user_id", "Nullable(String)"],
    ["timestamp_ms", "Int64"],
    ["metadata", "Nullable(String)"],
  ],
  eval_logs: [
    ["id", "String"],
    ["request_id", "String"],
    ["timestamp_ms", "Int64"],
    ["eval_scores", "Nullable(String)"],
    ["evaluator", "Nullable(String)"],
    ["model", "LowCardinality(Nullable(String))"],
    ["prompt_version", "LowCardinality(Nullable(String))"],
    ["metadata", "Nullable(String)"],
    ["prompt", "Nullable(String)"],
    ["output", "Nullable(String)"],
  ],
  changes: [
    ["id", "String"],
    ["change", "String"],
    ["timestamp_ms", "Int64"],
    ["reason", "Nullable(String)"],
    ["segment", "Nullable(String)"],
    ["metadata", "Nullable(String)"],
  ],
};

/** Whose a row is. */
export const tenantColumn: Column = ["tenant", "LowCardinality(String)"];

/** Who wrote a row. */
export const writerColumn: Column = ["written_by", "UInt64"];
