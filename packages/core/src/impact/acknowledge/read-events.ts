import type { FeedbackEvent, FeedbackType } from "@heed/schema";
import { readAll } from "../../read-all.ts";
import type { Store } from "../../store.ts";

/** Requests whose events are read at once. */
const batchSize = 1_000;

/** Reads what users said of some requests, many requests at once: each that has events of these types, with all of them. */
export async function* readEvents(
  store: Store,
  requestIds: readonly string[],
  types: readonly FeedbackType[],
): AsyncGenerator<readonly [requestId: string, events: readonly FeedbackEvent[]], void, undefined> {
  for (let at = 0; at < requestIds.length; at += batchSize) {
    const filter = { requestId: requestIds.slice(at, at + batchSize), types };
    const events = await Array.fromAsync(readAll((...asked) => store.readFeedback(...asked), filter));
    yield* Map.groupBy(events, ({ requestId }) => requestId);
  }
}

/** The types of events that decide which votes stand. */
export const voteTypes = [
  "explicit_thumbs_up",
  "explicit_thumbs_down",
  "explicit_rating",
  "explicit_retraction",
] as const satisfies readonly FeedbackType[];
