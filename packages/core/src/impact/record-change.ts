import {
  type ChangeRecord,
  type ChangeRecordInput,
  changeRecordSchema,
  type ItemResult,
  limits,
  validate,
} from "@heed/schema";
import { type RecordOptions, recordInput } from "../collect/record-input.ts";
import type { Store } from "../store.ts";

/**
 * Records what was changed in the product, when and why, so that its effect can be measured later and nobody has
 * to remember the day. Say with `segment` whether the change was made for a segment that did badly.
 *
 * @throws HeedError `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * await recordChange(store, { change: "prompt v2", timestamp: new Date("2026-03-02"), reason: "too long" });
 */
export const recordChange = (
  store: Store,
  change: ChangeRecordInput,
  options?: RecordOptions,
): Promise<ItemResult> =>
  recordInput<ReturnType<typeof changeRecordSchema.parse>, ChangeRecord>(
    {
      validate: (item) => validate(changeRecordSchema, item),
      maxBytes: limits.eventBytes,
      append: (changes) => store.appendChanges(changes),
    },
    change,
    options,
  ) as Promise<ItemResult>;
