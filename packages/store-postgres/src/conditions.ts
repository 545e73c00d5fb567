import type { ChangeFilter, EvaluationFilter, FeedbackFilter } from "@heed/core";
import { arrayLiteral } from "./array-literal.ts";

export type Filter = FeedbackFilter | EvaluationFilter | ChangeFilter;

/** A condition in SQL with the values to bind. */
interface Condition {
  readonly sql: string;
  readonly values: (string | number | null)[];
}

/** Postgres keeps no NUL: a text with one is equal to nothing that is stored. */
export const comparable = (text: string): string | null => (text.includes("\0") ? null : text);

/**
 * The condition that a row of a tenant matches a filter, `$1` being the first value.
 *
 * @param columns Those of the table: what a filter asks of a column that is not there, no row has.
 */
export const conditionOf = (
  tenant: string,
  { requestId, since, until, userId, types }: Filter,
  columns: ReadonlySet<string>,
): Condition => {
  const values: Condition["values"] = [];
  const bound = (value: string | number | null): string => `$${values.push(value)}`;
  const conditions = [`tenant = ${bound(tenant)}`];
  const add = (column: string, condition: () => string): void => {
    conditions.push(columns.has(column) ? condition() : "FALSE");
  };
  const texts = (all: readonly string[]): string => bound(arrayLiteral(all.map(comparable)));

  if (requestId !== undefined)
    add("request_id", () => `request_id = ANY (${texts([requestId].flat())}::text[])`);
  if (since) add("timestamp_ms", () => `timestamp_ms >= ${bound(since.getTime())}`);
  if (until) add("timestamp_ms", () => `timestamp_ms < ${bound(until.getTime())}`);
  if (userId !== undefined) add("user_id", () => `user_id = ${bound(comparable(userId))}`);
  if (types) add("type", () => `type = ANY (${texts(types)}::text[])`);
  return { sql: conditions.join(" AND "), values };
};
