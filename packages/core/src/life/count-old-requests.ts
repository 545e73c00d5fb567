import { readAll } from "../read-all.ts";
import type { Store } from "../store.ts";
import type { RetentionCounts } from "./apply-retention.ts";
import type { OldBatch } from "./old-batches.ts";

/**
 * Counts what would go with each batch of old requests. As nothing goes, a request comes again with each page that has
 * something old of it: it counts with the page that has the first.
 */
export const countOldRequests =
  (store: Store, limit: Date) =>
  async ({ requestIds, kind, items }: OldBatch): Promise<RetentionCounts> => {
    const records = (requestId: readonly string[]) =>
      readAll((filter, page) => store.readEvaluations(filter, page), { requestId });
    const events = (requestId: readonly string[]) =>
      readAll((filter, page) => store.readFeedback(filter, page), { requestId });

    const onPage = new Set(items.map(({ id }) => id));
    const seen = new Set<string>();
    const counted: string[] = [];
    for await (const { id, requestId, timestamp } of kind === "logged"
      ? records(requestIds)
      : events(requestIds)) {
      if (timestamp >= limit || seen.has(requestId)) continue;
      seen.add(requestId);
      if (onPage.has(id)) counted.push(requestId);
    }
    return {
      requestsRemoved: counted.length,
      evaluationsRemoved: await count(records(counted)),
      feedbackRemoved: await count(events(counted)),
    };
  };

const count = async (items: AsyncIterable<unknown>): Promise<number> => {
  let n = 0;
  for await (const _ of items) n++;
  return n;
};
