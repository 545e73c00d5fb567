import { batchSize, type RequestBatch, type RequestQuery } from "@heed/core";
import type { Place } from "./place.ts";
import type { PostgresPool } from "./postgres-pool.ts";
import { batchOf, requestFolder } from "./request-batch.ts";
import { type RequestRange, requestRows } from "./request-rows.ts";

/** Requests of one page: a statement has its price, and a page its memory. */
const pageSize = 4 * batchSize;

interface RowsPage {
  readonly rows: readonly (readonly unknown[])[];
  readonly next: string | undefined;
}

/** Scans the requests of one tenant, in the order of their ids. */
export const requestScan = (pool: PostgresPool, place: Place) => {
  const { schema, tenant } = place;

  /** The id up to which a page of requests reaches; undefined where what is left fits one. */
  const endOfPage = async (after: string): Promise<string | undefined> => {
    const nth = (table: string) =>
      `(SELECT request_id FROM ${schema}.${table} WHERE tenant = $1 AND request_id > $2
        ORDER BY request_id OFFSET $3 LIMIT 1)`;
    const { rows } = await pool.query({
      text: `SELECT least(${nth("eval_logs")}, ${nth("feedback_events")})`,
      values: [tenant, after, pageSize],
      rowMode: "array",
    });
    return (rows[0]![0] as string | null) ?? undefined;
  };

  const rowsOf = async (query: RequestQuery, range: RequestRange) =>
    (await pool.query(requestRows(place, query, range))).rows;

  /** One page of rows, and the id after which the next begins; none on the last. */
  const readPage = async (query: RequestQuery, after: string): Promise<RowsPage> => {
    if (!query.votedOnly) {
      const upTo = await endOfPage(after);
      return { rows: await rowsOf(query, { after, upTo }), next: upTo };
    }
    const rows = await rowsOf(query, { votedAfter: after, limit: pageSize });
    return { rows, next: rows.at(-1)?.[0] as string | undefined };
  };

  return async function* scan(query: RequestQuery): AsyncGenerator<RequestBatch, void, undefined> {
    const fold = requestFolder(query);
    let page: Promise<RowsPage> | undefined = readPage(query, "");
    while (page) {
      const { rows, next }: RowsPage = await page;
      // Postgres is at the next page while this one is folded and used.
      page = next === undefined ? undefined : readPage(query, next);
      page?.catch(() => {});
      const requests = fold(rows);
      for (let at = 0; at < requests.length; at += batchSize)
        yield batchOf(requests.slice(at, at + batchSize), query);
    }
  };
};
