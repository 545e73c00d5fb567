import type { Store } from "../store.ts";
import type { RequestBatch, RequestQuery } from "./request-batch.ts";
import { scanRequests } from "./scan-requests.ts";

/** All requests of a scan as one batch, for questions that need their columns whole. */
export const collectRequests = async (store: Store, query: RequestQuery): Promise<RequestBatch> => {
  const batches = await Array.fromAsync(scanRequests(store, query));
  const columnOf = (pick: (batch: RequestBatch) => Float64Array): Float64Array => {
    const column = new Float64Array(batches.reduce((length, batch) => length + pick(batch).length, 0));
    let at = 0;
    for (const batch of batches) {
      column.set(pick(batch), at);
      at += pick(batch).length;
    }
    return column;
  };
  return {
    requestIds: batches.flatMap(({ requestIds }) => requestIds),
    timestampMs: columnOf(({ timestampMs }) => timestampMs),
    scores: (query.scores ?? []).map((_, at) => columnOf(({ scores }) => scores[at]!)),
    labels: (query.labels ?? []).map((_, at) => batches.flatMap(({ labels }) => labels[at]!)),
    humanScore: columnOf(({ humanScore }) => humanScore),
    votes: columnOf(({ votes }) => votes),
    exposed: Uint8Array.from(batches.flatMap(({ exposed }) => [...exposed])),
    discarded: Uint8Array.from(batches.flatMap(({ discarded }) => [...discarded])),
    eachVote: batches.flatMap(({ eachVote }) => eachVote),
  };
};
