import { seededHash } from "../../bias/seeded-hash.ts";
import type { DatasetSettings } from "./dataset-settings.ts";
import type { DroppedCounts } from "./dropped.ts";
import type { PlannedRow } from "./planned-row.ts";

/**
 * Which of the planned rows are written: each text or pair once, and of each user no more than their share, drawn by the
 * seed; in the order of their requests.
 */
export const chooseRows = (
  rows: readonly PlannedRow[],
  { maxPerUser, seed }: DatasetSettings,
  dropped: DroppedCounts,
): readonly PlannedRow[] => {
  const distinct = new Map<string, PlannedRow>();
  for (const row of rows) {
    const name = `${row.promptKey} ${row.answer.key} ${row.rejected?.key ?? ""}`;
    if (distinct.has(name)) dropped.duplicate++;
    else distinct.set(name, row);
  }

  const written = new Map<string, number>();
  const chosen = [...distinct]
    .map(([name, row]) => ({ name, row, lot: seededHash(name, seed) }))
    .sort((a, b) => a.lot - b.lot || (a.name < b.name ? -1 : 1))
    .filter(({ row: { source, subjects } }) => {
      const most = maxPerUser ?? (source === "edit" ? editsPerUser : Number.POSITIVE_INFINITY);
      if (subjects.some((user) => (written.get(user) ?? 0) >= most)) {
        dropped.overUserLimit++;
        return false;
      }
      for (const user of subjects) written.set(user, (written.get(user) ?? 0) + 1);
      return true;
    });
  return chosen
    .sort(
      (a, b) =>
        compare(a.row.answer.requestId, b.row.answer.requestId) ||
        compare(a.row.rejected?.requestId ?? "", b.row.rejected?.requestId ?? "") ||
        compare(a.name, b.name),
    )
    .map(({ row }) => row);
};

/** One user's style must not become everybody's. */
const editsPerUser = 50;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
