import type { ChangeFilter, EvaluationFilter, FeedbackFilter } from "@heed/core";
import { bindTexts } from "./bind-texts.ts";
import type { Bound } from "./clickhouse-client.ts";
import type { CollectionName } from "./place.ts";

export type Filter = FeedbackFilter | EvaluationFilter | ChangeFilter;

/** A condition in SQL with the values to bind. */
export interface Condition {
  readonly sql: string;
  readonly bound: Bound;
}

export const all = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(" AND "),
  bound: Object.assign({}, ...conditions.map(({ bound }) => bound)),
});

/** Whether a column has one of any number of texts. */
export const isAnyOf = (column: string, name: string, texts: readonly string[]): Condition => {
  const { lists, bound } = bindTexts(name, texts);
  return { sql: `(${lists.map((list) => `${column} IN ${list}`).join(" OR ") || "0"})`, bound };
};

export const isOf = (tenant: string): Condition => ({ sql: "tenant = {tenant:String}", bound: { tenant } });

/** The rows of a collection that a filter chooses. A column that the collection lacks has no value to match. */
export const matches = (
  collection: CollectionName,
  { requestId, since, until, userId, types }: Filter,
): Condition[] => {
  const hasRequests = collection !== "changes";
  const hasUsers = collection === "feedback_events";
  const nothing: Condition = { sql: "0", bound: {} };
  const conditions: Condition[] = [];
  if (requestId !== undefined)
    conditions.push(hasRequests ? isAnyOf("request_id", "request", [requestId].flat()) : nothing);
  if (since) conditions.push({ sql: "timestamp_ms >= {since:Int64}", bound: { since: since.getTime() } });
  if (until) conditions.push({ sql: "timestamp_ms < {until:Int64}", bound: { until: until.getTime() } });
  if (userId !== undefined)
    conditions.push(hasUsers ? { sql: "user_id = {user:String}", bound: { user: userId } } : nothing);
  if (types) conditions.push(hasUsers ? isAnyOf("type", "type", types) : nothing);
  return conditions;
};
