import type { FeedbackEvent, FeedbackType } from "@heed/schema";
import { readAll } from "../read-all.ts";
import type { Store } from "../store.ts";
import { foldRequest, type LoggedRequest } from "./fold-request.ts";

/** One logged request with its texts, and everything that users said and did about it. */
export interface WholeRequest extends LoggedRequest {
  /** In the order of their ids; of all types, and of all users. */
  readonly events: readonly FeedbackEvent[];
}

interface WholeRequestsOptions {
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Requests that are read at once: prompts and outputs may be long. */
const batchSize = 250;

/**
 * Reads requests with their texts and events, batch by batch and in the order that they are asked for: records and
 * events of a batch at once, whatever the store. Requests that were never logged, or not in the period, do not come.
 *
 * @throws HeedError `STORE_FAILED` or `STORE_CLOSED`; and the reason of the `signal`, once it is aborted
 */
export async function* readWholeRequests(
  store: Store,
  requestIds: readonly string[],
  { since, until, signal }: WholeRequestsOptions = {},
): AsyncGenerator<readonly WholeRequest[], void, undefined> {
  for (let at = 0; at < requestIds.length; at += batchSize) {
    signal?.throwIfAborted();
    const filter = { requestId: requestIds.slice(at, at + batchSize) };
    const [records, events] = await Promise.all([
      Array.fromAsync(readAll((...asked) => store.readEvaluations(...asked), filter)),
      Array.fromAsync(readAll((...asked) => store.readFeedback(...asked), filter)),
    ]);
    const recordsOf = Map.groupBy(records, ({ requestId }) => requestId);
    const eventsOf = Map.groupBy(events, ({ requestId }) => requestId);
    yield filter.requestId.flatMap((requestId) => {
      const parts = recordsOf.get(requestId);
      if (!parts) return [];
      const request = foldRequest(parts);
      if ((since && request.timestamp < since) || (until && request.timestamp >= until)) return [];
      return [{ ...request, events: eventsOf.get(requestId) ?? [] }];
    });
  }
}

/**
 * The requests that have events of some types, or of any, in the order of their ids; whether they were logged is not
 * looked at. Ids alone are held in memory.
 */
export const requestIdsWithFeedback = async (
  store: Store,
  types?: readonly FeedbackType[],
): Promise<readonly string[]> => {
  const ids = new Set<string>();
  for await (const { requestId } of readAll((...asked) => store.readFeedback(...asked), { types }))
    ids.add(requestId);
  return [...ids].sort();
};
