import type { Store } from "../store.ts";
import { deriveRequests } from "./derive-requests.ts";
import type { RequestBatch, RequestQuery } from "./request-batch.ts";

/**
 * Joins requests with their standing votes and gives them in batches: voted ones in the order of their ids where the
 * query asks for these only, else all in any order. By the store's own fast path where it has one.
 */
export const scanRequests = (store: Store, query: RequestQuery): AsyncIterable<RequestBatch> =>
  store.scanRequests?.(query) ?? deriveRequests(store, query);
