import { readPages } from "../read-pages.ts";
import type { Store } from "../store.ts";
import { batchRequests } from "./request-id-batches.ts";

/** Requests that happened before a limit, by a page of what is old of them. */
export interface OldBatch {
  readonly requestIds: readonly string[];
  readonly kind: "logged" | "neverLogged";
  /** The page, in the order of the ids. */
  readonly items: readonly { readonly id: string }[];
}

/** Finds the requests that happened before a limit; a batch is looked for once the one before was dealt with. */
export async function* oldBatches(store: Store, limit: Date): AsyncGenerator<OldBatch, void, undefined> {
  const filter = { until: limit };
  // A request happened when its earliest record says: any record before the limit makes it an old one.
  const records = readPages((own, page) => store.readEvaluations(own, page), filter, batchRequests);
  for await (const items of records)
    yield { kind: "logged", requestIds: [...new Set(items.map(({ requestId }) => requestId))], items };

  // Such events, where the requests above are gone, are of requests that were never logged, or of slow clocks.
  const events = readPages((own, page) => store.readFeedback(own, page), filter, batchRequests);
  for await (const items of events) {
    const neverLogged = new Set(items.map(({ requestId }) => requestId));
    const logged = { requestId: [...neverLogged] };
    const parts = readPages((own, page) => store.readEvaluations(own, page), logged, batchRequests);
    for await (const page of parts) for (const { requestId } of page) neverLogged.delete(requestId);
    if (neverLogged.size > 0) yield { kind: "neverLogged", requestIds: [...neverLogged], items };
  }
}
