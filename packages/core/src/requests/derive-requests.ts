import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { readAll } from "../read-all.ts";
import type { Store } from "../store.ts";
import { foldedTypes, foldFeedback, type RequestFeedback } from "./fold-feedback.ts";
import { foldRequest, type LoggedRequest } from "./fold-request.ts";
import { labelOf } from "./label-of.ts";
import type { RequestBatch, RequestQuery } from "./request-batch.ts";

/** Requests in one batch: few enough to hold, many enough that a batch costs next to nothing. */
export const batchSize = 2_048;

/** The scan by the required verbs alone: reads each collection once, and folds it in memory. */
export async function* deriveRequests(
  store: Store,
  query: RequestQuery,
): AsyncGenerator<RequestBatch, void, undefined> {
  const records = readAll((filter, page) => store.readEvaluations(filter, page), {});
  const events = readAll((filter, page) => store.readFeedback(filter, page), { types: foldedTypes });
  // Prompts and outputs are long, and no column holds them.
  const logged = await groupByRequest(records, ({ prompt: _, output: __, ...record }) => record);
  const reacted = await groupByRequest(events, (event) => event);

  const rows: Row[] = [];
  for (const requestId of new Set([...logged.keys(), ...reacted.keys()])) {
    const parts = logged.get(requestId);
    const row = {
      requestId,
      request: parts && foldRequest(parts),
      feedback: foldFeedback(reacted.get(requestId) ?? []),
    };
    if (isWanted(row, query)) rows.push(row);
  }
  rows.sort((a, b) => (a.requestId < b.requestId ? -1 : 1));
  for (let at = 0; at < rows.length; at += batchSize) yield batchOf(rows.slice(at, at + batchSize), query);
}

interface Row {
  readonly requestId: string;
  /** Absent where the request was never logged. */
  readonly request: LoggedRequest | undefined;
  readonly feedback: RequestFeedback;
}

const groupByRequest = async <Item extends EvaluationRecord | FeedbackEvent, Kept>(
  items: AsyncIterable<Item>,
  keep: (item: Item) => Kept,
): Promise<Map<string, Kept[]>> => {
  const groups = new Map<string, Kept[]>();
  for await (const item of items) {
    const group = groups.get(item.requestId);
    if (group) group.push(keep(item));
    else groups.set(item.requestId, [keep(item)]);
  }
  return groups;
};

/** Parts of a request may be logged at any time, so that its own time is known only once it is folded. */
const isWanted = ({ request, feedback }: Row, { votedOnly, since, until }: RequestQuery): boolean => {
  const isVoted = feedback.votes.length > 0;
  if (!request) return isVoted;
  return (
    (isVoted || !votedOnly) &&
    (since === undefined || request.timestamp >= since) &&
    (until === undefined || request.timestamp < until)
  );
};

const batchOf = (
  rows: readonly Row[],
  { scores = [], labels = [], eachVote = false }: RequestQuery,
): RequestBatch => ({
  requestIds: rows.map(({ requestId }) => requestId),
  timestampMs: Float64Array.from(rows, ({ request }) => request?.timestamp.getTime() ?? Number.NaN),
  scores: scores.map((name) => Float64Array.from(rows, ({ request }) => scoreOf(request, name))),
  labels: labels.map((label) => rows.map(({ request }) => labelOf(request, label))),
  humanScore: Float64Array.from(rows, ({ feedback }) => feedback.humanScore ?? Number.NaN),
  votes: Float64Array.from(rows, ({ feedback }) => feedback.votes.length),
  exposed: Uint8Array.from(rows, ({ feedback }) => Number(feedback.exposed)),
  discarded: Uint8Array.from(rows, ({ feedback }) => Number(feedback.discarded)),
  eachVote: rows.map(({ feedback }) => (eachVote ? feedback.votes : [])),
});

const scoreOf = (request: LoggedRequest | undefined, name: string): number =>
  request && Object.hasOwn(request.evalScores, name) ? request.evalScores[name]! : Number.NaN;
