import type { ChangeRecordInput, ItemResult } from "@heed/schema";
import type { RecordOptions } from "../collect/record-input.ts";
import type { Store } from "../store.ts";
import { acknowledgementMark } from "./acknowledge/acknowledgement-mark.ts";
import { recordChange } from "./record-change.ts";

/** That users were told of a change: of which, when, and of which segment they are where it is not all of them. */
export type AcknowledgementInput = Pick<ChangeRecordInput, "change" | "timestamp" | "id" | "segment">;

/**
 * Records that users were told what became of their feedback, so that `reportServiceLevels` can say how long it took:
 * after the widget's message, the feed or the mails of `composeAcknowledgements` went out, or when they were told that
 * something is going to be done. It is a change record with a mark in its `metadata`, which `listChanges` leaves out.
 *
 * It answers the feedback from before the latest change of that name which had shipped by then, in that change's
 * segment; where none had, all feedback from before itself. A `segment` given here goes first.
 *
 * @throws HeedError `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * await recordAcknowledgement(store, { change: "prompt v2" });
 */
export const recordAcknowledgement = (
  store: Store,
  acknowledgement: AcknowledgementInput,
  options?: RecordOptions,
): Promise<ItemResult> => recordChange(store, { ...acknowledgement, metadata: acknowledgementMark }, options);
