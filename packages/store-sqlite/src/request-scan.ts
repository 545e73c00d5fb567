import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { batchSize, type RequestBatch, type RequestQuery, type Vote } from "@heed/core";
import { labelReader, requestColumns } from "./request-columns.ts";
import { statementCache } from "./statement-cache.ts";

type Cells = readonly SQLOutputValue[];

const commonColumns = "request_id, timestamp_ms, votes, human_score, exposed, discarded";

/** Where the cells of the scores begin, and after them those of the labels. */
const firstScore = 7;

/** Scans the folded requests of one tenant: the voted in the order of their ids, all in that of their arrival. */
export const requestScan = (database: DatabaseSync, tenant: string) => {
  const prepare = statementCache(database);

  /** The next rows of a query beyond the key of the last one, which is their last cell. */
  const read = (query: RequestQuery, after: SQLOutputValue | undefined): readonly Cells[] => {
    const { votedOnly, eachVote } = query;
    const wanted = requestColumns(query);
    const key = votedOnly ? "request_id" : "number";
    const columns = [
      commonColumns,
      eachVote ? "each_vote" : "NULL AS each_vote",
      ...wanted.map(({ sql }, at) => `${sql} AS wanted_${at}`),
      `${key} AS key`,
    ];
    const from = votedOnly
      ? "requests INDEXED BY requests_voted WHERE votes > 0"
      : "requests NOT INDEXED WHERE (number > 0 OR votes > 0)";
    const statement = prepare(
      `SELECT ${columns.join(", ")} FROM ${from} AND tenant = ? AND ${key} > ?
         AND (timestamp_ms IS NULL OR timestamp_ms >= ? AND timestamp_ms < ?)
         ORDER BY ${key} LIMIT ${batchSize}`,
    );
    return rowsOf(statement, [
      ...wanted.flatMap(({ values }) => values),
      tenant,
      after ?? (votedOnly ? "" : Number.MIN_SAFE_INTEGER),
      ...boundsOf(query),
    ]);
  };

  /** Logged requests of a period. */
  const count = (query: Pick<RequestQuery, "since" | "until">): number =>
    prepare(
      "SELECT count(*) AS n FROM requests WHERE tenant = ? AND timestamp_ms >= ? AND timestamp_ms < ?",
    ).get(tenant, ...boundsOf(query))!.n as number;

  return { read, count };
};

/** The ends of a period in milliseconds, an open end as the last moment that a `Date` can be. */
export const boundsOf = ({ since, until }: Pick<RequestQuery, "since" | "until">): [number, number] => [
  since?.getTime() ?? -8.64e15,
  until?.getTime() ?? 8.64e15,
];

/** Rows as arrays, which cost half of what objects cost, where Node can give them: since 22.16. */
const rowsOf = (
  statement: StatementSync & Partial<Pick<StatementSync, "setReturnArrays">>,
  values: readonly SQLInputValue[],
): readonly Cells[] => {
  statement.setReturnArrays?.(true);
  const rows: readonly (Cells | Record<string, SQLOutputValue>)[] = statement.all(...values);
  return rows.map((row) => (Array.isArray(row) ? row : Object.values(row)));
};

/** Turns rows of a query into the columns of a batch. */
export const batchReader = ({ scores = [], labels = [] }: RequestQuery) => {
  const labelIn = labelReader();
  const firstLabel = firstScore + scores.length;
  // JSON text makes the very double that was recorded, in any version of SQLite.
  const numbers = (rows: readonly Cells[], at: number): Float64Array =>
    Float64Array.from(rows, (row) => (row[at] === null ? Number.NaN : Number(row[at])));
  const flags = (rows: readonly Cells[], at: number): Uint8Array =>
    Uint8Array.from(rows, (row) => Number(row[at]));

  return (rows: readonly Cells[]): RequestBatch => ({
    requestIds: rows.map(([requestId]) => requestId as string),
    timestampMs: numbers(rows, 1),
    votes: Float64Array.from(rows, (row) => Number(row[2])),
    humanScore: numbers(rows, 3),
    exposed: flags(rows, 4),
    discarded: flags(rows, 5),
    eachVote: rows.map((row) => (row[6] === null ? [] : (JSON.parse(row[6] as string) as Vote[]))),
    scores: scores.map((_, at) => numbers(rows, firstScore + at)),
    labels: labels.map((label, at) => rows.map((row) => labelIn(label, row[firstLabel + at]!))),
  });
};
