import type { ChangeRecord } from "@heed/schema";
import { requirePeriod } from "../check-options.ts";
import type { Store } from "../store.ts";
import { readChangeLog } from "./acknowledge/read-change-log.ts";

export interface ListChangesOptions {
  /** Changes from this moment on, inclusive. */
  readonly since?: Date;
  /** Changes up to this moment, exclusive. */
  readonly until?: Date;
}

/**
 * Lists the changes that were recorded, oldest first; that users were told of one, by `recordAcknowledgement`, is no
 * change.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * for (const { change, timestamp, reason } of await listChanges(store)) console.log(timestamp, change, reason);
 */
export const listChanges = async (
  store: Store,
  { since, until }: ListChangesOptions = {},
): Promise<readonly ChangeRecord[]> => {
  requirePeriod({ since, until });
  return (await readChangeLog(store, { since, until })).changes;
};
