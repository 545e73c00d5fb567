import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { batchSize, labelReader, type RequestBatch, type RequestQuery, type Vote } from "@heed/core";
import { requestColumns } from "./request-columns.ts";
import { statementCache } from "./statement-cache.ts";

type Cells = readonly SQLOutputValue[];

/** Where requests come from, the column by which they are in order, and what they have of feedback. */
export interface Source {
  readonly sql: string;
  readonly key: "request_id" | "number" | "seq";
  readonly humanScore: string;
  /** Votes, exposed and discarded in one number, for `readReactions`: each cell of a row costs time. */
  readonly reactions: string;
  readonly eachVote: string;
}

const reactedTo = {
  humanScore: "human_score",
  reactions: "4 * votes + 2 * exposed + discarded",
  eachVote: "each_vote",
} as const;

/** Takes the `reactions` of a source apart. */
export const readReactions = (reactions: number) => ({
  votes: reactions >> 2,
  exposed: (reactions & 2) !== 0,
  discarded: (reactions & 1) !== 0,
});

const voted: Source = {
  ...reactedTo,
  sql: "requests INDEXED BY requests_voted WHERE votes > 0",
  key: "request_id",
};

const folded: Source = {
  ...reactedTo,
  sql: "requests NOT INDEXED WHERE (number > 0 OR votes > 0)",
  key: "number",
};

/** Records that are all there is of their request. */
const alone: Source = {
  sql: `eval_logs NOT INDEXED
    WHERE NOT EXISTS (SELECT 1 FROM folded_records WHERE folded_records.seq = eval_logs.seq)`,
  key: "seq",
  humanScore: "NULL",
  reactions: "0",
  eachVote: "NULL",
};

/** The sources that together give all requests, each of them once: whatever folds one keeps its number. */
export const allSources: readonly Source[] = [folded, alone];

/** Where the cells begin that only some queries want: each vote, the scores, the labels. */
const firstWanted = 4;

/** Scans the requests of one tenant: voted ones in the order of their ids, all in any order. */
export const requestScan = (database: DatabaseSync, tenant: string) => {
  const prepare = statementCache(database);

  /** The rows of a source that a condition on its key chooses. Each cell has a name of its own. */
  const select = (query: RequestQuery, source: Source, condition: string, ...values: SQLInputValue[]) => {
    const { sql, humanScore, reactions, eachVote } = source;
    const wanted = requestColumns(query);
    const columns = ["request_id", "timestamp_ms", humanScore, reactions];
    if (query.eachVote) columns.push(eachVote);
    columns.push(...wanted.map((column) => column.sql));
    const names = columns.map((_, at) => `cell_${at}`);
    const statement = prepare(
      `WITH cells (${names.join(", ")}) AS (
         SELECT ${columns.join(", ")} FROM ${sql} AND tenant = ?
           AND (timestamp_ms IS NULL OR timestamp_ms >= ? AND timestamp_ms < ?) AND ${condition})
       SELECT * FROM cells`,
    );
    return rowsOf(statement, [
      ...wanted.flatMap((column) => column.values),
      tenant,
      ...boundsOf(query),
      ...values,
    ]);
  };

  /**
   * One page of a scan; `next` is where the following one begins, and absent on the last.
   *
   * @param reach How far records were taken up: what lies beyond may be a part of a request that was given already.
   */
  const page = (query: RequestQuery, from: string | number | undefined, reach: number) => {
    if (query.votedOnly) {
      const rows = select(query, voted, `request_id > ? ORDER BY request_id LIMIT ${batchSize}`, from ?? "");
      return { rows, next: rows.length < batchSize ? undefined : (rows.at(-1)![0] as string) };
    }
    const to = Math.min(((from as number | undefined) ?? 0) + batchSize, reach);
    // Requests that were never logged have numbers below 0.
    const rows = allSources.flatMap((source) =>
      select(query, source, `${source.key} > ? AND ${source.key} <= ?`, from ?? Number.MIN_SAFE_INTEGER, to),
    );
    return { rows, next: to < reach ? to : undefined };
  };

  /** Logged requests of a period. */
  const count = (query: Pick<RequestQuery, "since" | "until">, reach: number): number => {
    const counts = allSources.map(({ sql, key }) =>
      prepare(
        `SELECT count(*) AS n FROM ${sql}
           AND tenant = ? AND timestamp_ms >= ? AND timestamp_ms < ? AND ${key} <= ?`,
      ).get(tenant, ...boundsOf(query), reach),
    );
    return counts.reduce((sum, row) => sum + (row!.n as number), 0);
  };

  return { page, count };
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

/** Turns rows into the columns of a batch. */
export const batchReader = ({ scores = [], labels = [], eachVote = false }: RequestQuery) => {
  const labelIn = labelReader();
  const firstScore = firstWanted + (eachVote ? 1 : 0);
  const firstLabel = firstScore + scores.length;
  const votesIn = (cell: SQLOutputValue | undefined): Vote[] => (cell ? JSON.parse(cell as string) : []);

  return (rows: readonly Cells[]): RequestBatch => {
    const numbers = (at: number): Float64Array => {
      const column = new Float64Array(rows.length);
      for (let row = 0; row < rows.length; row++)
        column[row] = (rows[row]![at] as number | null) ?? Number.NaN;
      return column;
    };
    const votes = new Float64Array(rows.length);
    const exposed = new Uint8Array(rows.length);
    const discarded = new Uint8Array(rows.length);
    for (let row = 0; row < rows.length; row++) {
      const reactions = readReactions(rows[row]![3] as number);
      votes[row] = reactions.votes;
      exposed[row] = Number(reactions.exposed);
      discarded[row] = Number(reactions.discarded);
    }
    return {
      requestIds: rows.map((row) => row[0] as string),
      timestampMs: numbers(1),
      humanScore: numbers(2),
      votes,
      exposed,
      discarded,
      eachVote: rows.map((row) => (eachVote ? votesIn(row[firstWanted]) : [])),
      scores: scores.map((_, at) => numbers(firstScore + at)),
      labels: labels.map((label, at) => rows.map((row) => labelIn(label, row[firstLabel + at]!))),
    };
  };
};
