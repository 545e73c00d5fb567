import { batchSize, labelReader, type RequestBatch, type RequestQuery } from "@heed/core";
import type { Cells, Engine } from "./engine.ts";
import { onEveryShard, type Place } from "./place.ts";
import { requestRows } from "./request-sql.ts";
import { voteReader } from "./vote-reader.ts";

/** Where the scores begin, and then the labels, after the columns that every query has. */
const firstScore = 5;

/** Scans the folded requests of one tenant in batches: voted ones in the order of their ids, all in any order. */
export async function* scanRows(
  place: Place,
  { stream }: Engine,
  tenant: string,
  query: RequestQuery,
): AsyncGenerator<RequestBatch, void, undefined> {
  const { sql, bound } = requestRows(place, query);
  const toBatch = batchReader(query);
  const order = query.votedOnly ? " ORDER BY request" : "";
  let rows: Cells[] = [];
  for await (const more of stream(`SELECT * FROM ${onEveryShard(place, sql)}${order}`, {
    ...bound,
    tenant,
  })) {
    rows.push(...more);
    let at = 0;
    for (; rows.length - at >= batchSize; at += batchSize) yield toBatch(rows.slice(at, at + batchSize));
    rows = rows.slice(at);
  }
  if (rows.length > 0) yield toBatch(rows);
}

/** Turns rows into the columns of a batch. */
const batchReader = ({ scores = [], labels = [], eachVote = false }: RequestQuery) => {
  const readVotes = voteReader();
  const readLabel = labelReader();
  const firstLabel = firstScore + scores.length;

  return (rows: readonly Cells[]): RequestBatch => {
    const numbers = (at: number): Float64Array =>
      Float64Array.from(rows, (row) => (row[at] as number | null) ?? Number.NaN);
    const feedback = rows.map((row) => readVotes(row[4] as Parameters<typeof readVotes>[0]));
    return {
      requestIds: rows.map(([request]) => request as string),
      timestampMs: numbers(1),
      scores: scores.map((_, at) => numbers(firstScore + at)),
      labels: labels.map((label, at) => rows.map((row) => readLabel(label, row[firstLabel + at]))),
      humanScore: Float64Array.from(feedback, ({ humanScore }) => humanScore ?? Number.NaN),
      votes: Float64Array.from(feedback, ({ votes }) => votes.length),
      exposed: Uint8Array.from(rows, (row) => row[2] as number),
      discarded: Uint8Array.from(rows, (row) => row[3] as number),
      eachVote: feedback.map(({ votes }) => (eachVote ? votes : [])),
    };
  };
};
