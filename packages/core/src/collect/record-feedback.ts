import {
  type FeedbackEvent,
  type FeedbackEventInput,
  feedbackEventSchema,
  type ItemResult,
  limits,
  validate,
} from "@heed/schema";
import type { Store } from "../store.ts";
import { type RecordOptions, recordInput } from "./record-input.ts";

/**
 * Records what users said or did about outputs, and answers for each event: `stored`, `duplicate` (the very
 * same event was there: a retry is harmless), `conflict` (its id belongs to another event, which stands) or
 * `rejected` with what was wrong, as with `USER_ERASED` after `eraseUser`. One rejected event never keeps the others out.
 *
 * An event without an id gets one, and one without a timestamp gets the time of its id.
 *
 * @throws HeedError `STORE_FAILED` or `STORE_CLOSED`: then nothing is known to be stored, and the same events
 * may be recorded again.
 *
 * @example
 * await recordFeedback(store, { type: "explicit_thumbs_up", value: true, requestId: "req-1", userId: "user-1" });
 */
export function recordFeedback(
  store: Store,
  event: FeedbackEventInput,
  options?: RecordOptions,
): Promise<ItemResult>;
export function recordFeedback(
  store: Store,
  events: readonly FeedbackEventInput[],
  options?: RecordOptions,
): Promise<readonly ItemResult[]>;
export function recordFeedback(
  store: Store,
  input: FeedbackEventInput | readonly FeedbackEventInput[],
  options?: RecordOptions,
): Promise<ItemResult | readonly ItemResult[]> {
  const append = (events: readonly FeedbackEvent[]) => store.appendFeedback(events);
  return recordInput(
    { validate: (item) => validate(feedbackEventSchema, item), maxBytes: limits.eventBytes, append },
    input,
    options,
  );
}
