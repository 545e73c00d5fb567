import { seededHash } from "../../bias/seeded-hash.ts";
import type { DatasetSettings } from "./dataset-settings.ts";
import type { DroppedCounts } from "./dropped.ts";
import type { PlannedRow } from "./planned-row.ts";

/** Which side of the split a row is on. */
export type Side = "train" | "validation";

/**
 * Splits rows so that neither a group nor a prompt is on both sides. A group's side is drawn by its name and the seed
 * alone, so that more data move nobody to the other side. Rows of both sides' groups train; what is left to validate
 * with and shares a group or a prompt with them is left out. Where nothing would be left to train with, all rows train.
 */
export const splitRows = (
  rows: readonly PlannedRow[],
  { holdout, seed }: Pick<DatasetSettings, "holdout" | "seed">,
  dropped: DroppedCounts,
): Readonly<Record<Side, readonly PlannedRow[]>> => {
  const isHeldOut = (group: string): boolean => seededHash(group, seed) < holdout * 2 ** 53;
  const { train = [], validation = [] } = Object.groupBy(rows, ({ groups }) =>
    groups.every(isHeldOut) ? "validation" : "train",
  );
  if (train.length === 0) return { train: validation, validation: [] };

  const seen = new Set(train.flatMap(keysOf));
  const unseen = validation.filter((row) => !keysOf(row).some((key) => seen.has(key)));
  dropped.acrossSides += validation.length - unseen.length;
  return { train, validation: unseen };
};

const keysOf = ({ groups, promptKey }: PlannedRow): readonly string[] => [...groups, `prompt ${promptKey}`];
