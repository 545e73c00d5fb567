import type { ChangeRecord } from "@heed/schema";
import { requirePeriod } from "../check-options.ts";
import { readAll } from "../read-all.ts";
import type { Store } from "../store.ts";
import { byTime } from "../time-order.ts";

export interface ListChangesOptions {
  /** Changes from this moment on, inclusive. */
  readonly since?: Date;
  /** Changes up to this moment, exclusive. */
  readonly until?: Date;
}

/**
 * Lists the changes that were recorded, oldest first.
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
  const changes = await Array.fromAsync(
    readAll((filter, page) => store.readChanges(filter, page), { since, until }),
  );
  return changes.sort(byTime);
};
