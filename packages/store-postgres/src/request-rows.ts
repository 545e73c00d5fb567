import { foldedTypes, type RequestQuery } from "@heed/core";
import { comparable } from "./conditions.ts";
import type { Place } from "./place.ts";
import type { PostgresQuery } from "./postgres-pool.ts";

/** The types of events that are votes, as the index on votes has them. */
export const voteTypes = "('explicit_thumbs_up', 'explicit_thumbs_down', 'explicit_rating')";

const folded = `(${foldedTypes.map((type) => `'${type}'`).join(", ")})`;

/** The cells of an event beside those that every row has. */
const eventCells = ["value #>> '{}'", "user_id", "metadata::text"];

/** Which requests: the next voted ones after an id, or all between two ids. */
export type RequestRange =
  | { readonly votedAfter: string; readonly limit: number }
  | { readonly after: string; readonly upTo: string | undefined };

/**
 * The statement for the rows of some requests, both kinds of them in one, so that they are of one moment: records, and
 * events that the folds look at. In the order of request ids, each row is
 * `[request id, type of event or null, id, milliseconds, …]`, and then of a record the scores and labels wanted, each as
 * text; of an event its value, user and metadata.
 */
export const requestRows = (
  { schema, tenant }: Place,
  { scores = [], labels = [], eachVote = false }: RequestQuery,
  range: RequestRange,
): PostgresQuery => {
  const values: (string | number | null)[] = [tenant];
  const bound = (value: string | number | null): string => `$${values.push(value)}`;
  const key = (name: string): string => `${bound(comparable(name))}::text`;

  const ofRecord = [
    ...scores.map((name) => `eval_scores ->> ${key(name)}`),
    ...labels.map((label) => labelCell(label, key)),
  ];
  const ofEvent = eachVote ? eventCells : eventCells.slice(0, -1);
  const width = Math.max(ofRecord.length, ofEvent.length);
  const padded = (cells: readonly string[]) =>
    Array.from({ length: width }, (_, at) => `${cells[at] ?? "NULL"} AS cell_${at}`).join(", ");
  const records = (condition: string) => `
    SELECT request_id, NULL AS type, id, timestamp_ms, ${padded(ofRecord)}
    FROM ${schema}.eval_logs WHERE tenant = $1 AND ${condition}`;
  const events = (condition: string) => `
    SELECT request_id, type, id, timestamp_ms, ${padded(ofEvent)}
    FROM ${schema}.feedback_events WHERE tenant = $1 AND type IN ${folded} AND ${condition}`;

  if ("upTo" in range) {
    const within = [`request_id > ${bound(range.after)}`];
    if (range.upTo !== undefined) within.push(`request_id <= ${bound(range.upTo)}`);
    const condition = within.join(" AND ");
    const text = `${records(condition)} UNION ALL ${events(condition)} ORDER BY request_id`;
    return { text, values, rowMode: "array" };
  }
  // OFFSET keeps each look-up as it is written, by the index, whatever the planner takes the number of rows for.
  const ofPage = (rows: string) => `SELECT found.* FROM page CROSS JOIN LATERAL (${rows} OFFSET 0) AS found`;
  const condition = "request_id = page.request_id";
  const text = `
    WITH page AS MATERIALIZED (
      SELECT DISTINCT request_id FROM ${schema}.feedback_events
      WHERE tenant = $1 AND type IN ${voteTypes} AND request_id > ${bound(range.votedAfter)}
      ORDER BY request_id LIMIT ${bound(range.limit)}
    )
    ${ofPage(records(condition))} UNION ALL ${ofPage(events(condition))} ORDER BY request_id`;
  return { text, values, rowMode: "array" };
};

/** A label in SQL: a metadata value as JSON, which tells a number from a text. */
const labelCell = (label: string, key: (name: string) => string): string => {
  if (label === "model") return "model";
  if (label === "promptVersion") return "prompt_version";
  return `(metadata -> ${key(label)})::text`;
};
