import type { ChangeRecord } from "@heed/schema";

/**
 * The key of `metadata` that makes a change record an acknowledgement: users were told of the change of that name.
 * Stores keep the fields of a change as columns, so that a collection or a field of its own would be a new table for
 * each of them.
 */
const acknowledgementKey = "heed:acknowledgement";

/** The metadata of an acknowledgement. */
export const acknowledgementMark = { [acknowledgementKey]: true } as const;

/** Whether users were told of a change by this record, rather than something changed. */
export const isAcknowledgement = ({ metadata }: Pick<ChangeRecord, "metadata">): boolean =>
  metadata !== undefined && Object.hasOwn(metadata, acknowledgementKey);
