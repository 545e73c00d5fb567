import type { RequestQuery } from "@heed/core";
import type { Place } from "./place.ts";
import type { PostgresClient } from "./postgres-pool.ts";

/** Logged requests of a period, each at the time of its earliest record: counted in an index alone. */
export const countLogged = async (
  client: PostgresClient,
  { schema, tenant }: Place,
  { since, until }: Pick<RequestQuery, "since" | "until">,
): Promise<number> => {
  const values: (string | number)[] = [tenant];
  const conditions: string[] = [];
  if (since) conditions.push(`min(timestamp_ms) >= $${values.push(since.getTime())}`);
  if (until) conditions.push(`min(timestamp_ms) < $${values.push(until.getTime())}`);
  const having = conditions.length > 0 ? `HAVING ${conditions.join(" AND ")}` : "";
  const { rows } = await client.query({
    text: `SELECT count(*) FROM (
      SELECT FROM ${schema}.eval_logs WHERE tenant = $1 GROUP BY request_id ${having}) AS logged`,
    values,
    rowMode: "array",
  });
  return Number(rows[0]![0]);
};
