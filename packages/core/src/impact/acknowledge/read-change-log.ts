import type { ChangeRecord } from "@heed/schema";
import { readAll } from "../../read-all.ts";
import type { ChangeFilter, Store } from "../../store.ts";
import { byTime } from "../../time-order.ts";
import { isAcknowledgement } from "./acknowledgement-mark.ts";

/** What was changed, and when users were told of it; both oldest first. */
export interface ChangeLog {
  readonly changes: readonly ChangeRecord[];
  readonly acknowledgements: readonly ChangeRecord[];
}

/** Reads the collection of changes, and tells the two kinds of records in it apart. */
export const readChangeLog = async (store: Store, filter: ChangeFilter = {}): Promise<ChangeLog> => {
  const records = await Array.fromAsync(readAll((...asked) => store.readChanges(...asked), filter));
  records.sort(byTime);
  return {
    changes: records.filter((record) => !isAcknowledgement(record)),
    acknowledgements: records.filter(isAcknowledgement),
  };
};

/** The latest of the changes of a name, up to a moment where one is given; undefined where there is none. */
export const latestChange = (
  { changes }: Pick<ChangeLog, "changes">,
  name: string,
  until?: Date,
): ChangeRecord | undefined =>
  changes.findLast(({ change, timestamp }) => change === name && (!until || timestamp <= until));
