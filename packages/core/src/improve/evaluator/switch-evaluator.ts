import {
  type ChangeRecordInput,
  changeRecordSchema,
  type Evaluator,
  limits,
  newId,
  validate,
} from "@heed/schema";
import { requireDate } from "../../check-options.ts";
import { HeedError } from "../../errors.ts";
import { recordChange } from "../../impact/record-change.ts";
import type { Store } from "../../store.ts";
import type { EvaluatorFiles } from "./evaluator-files.ts";

export interface SwitchOptions {
  /** The folder that holds the evaluators; it is made where it is missing. */
  readonly directory: string;
  /** Why, for whoever reads the changes later. */
  readonly reason?: string | undefined;
  /**
   * Tells the time.
   * @default () => new Date()
   */
  readonly now?: (() => Date) | undefined;
}

/** Refuses a directory that is none. */
export const requireDirectory = (directory: unknown): void => {
  if (typeof directory !== "string" || directory === "")
    throw new HeedError("INVALID_QUERY", "directory is not the name of a folder");
};

interface Switching extends Pick<SwitchOptions, "reason" | "now"> {
  readonly files: EvaluatorFiles;
  readonly to: Evaluator;
  /** The version in use until now. */
  readonly from: string | null;
  readonly kind: "promoted" | "reverted";
}

/**
 * Puts a version in use and records that as a change.
 *
 * First the record is written to a file, with its id and time; then the version is put in use; then the record goes into
 * the store; and last the file goes. Whatever fails or dies between, `settlePending` finishes the second half of it or
 * forgets the first: the store never tells of a switch that was not made, and tells of each once.
 */
export const switchEvaluator = async (
  store: Store,
  { files, to, from, kind, reason, now = () => new Date() }: Switching,
): Promise<string> => {
  const timestamp = now();
  requireDate("now", timestamp);
  const change = changeName(to, kind);
  const record: ChangeRecordInput = {
    id: newId(),
    change,
    timestamp: timestamp.toISOString(),
    ...(reason !== undefined && { reason }),
    metadata: {
      evaluator: to.name.slice(0, limits.metadataTextLength),
      evaluatorVersion: to.version,
      evaluatorChange: kind,
      ...(to.parent !== null && { evaluatorParent: to.parent }),
      ...(from !== null && { evaluatorBefore: from }),
    },
  };
  const checked = validate(changeRecordSchema, record);
  if (!checked.valid)
    throw new HeedError("INVALID_QUERY", "reason or now cannot be recorded", { issues: checked.issues });
  await files.writePending(JSON.stringify({ version: to.version, record } satisfies Pending));
  await files.writeCurrent(to);
  await settlePending(store, files);
  return change;
};

interface Pending {
  /** The version that the change puts in use. */
  readonly version: string;
  readonly record: ChangeRecordInput;
}

/** Records a switch that was made but may not have been recorded, and forgets one that was not made. */
export const settlePending = async (store: Store, files: EvaluatorFiles): Promise<void> => {
  const text = await files.readPending();
  if (text === null) return;
  const { version, record } = JSON.parse(text) as Pending;
  const current = await files.readCurrent();
  // The same id again is a duplicate: it was recorded, and only the file was left.
  if (current?.version === version) await recordChange(store, record);
  await files.removePending();
};

/** What such a change is called: the versions are what tells them apart. */
const changeName = ({ name, version }: Evaluator, kind: Switching["kind"]): string => {
  const own = `evaluator ${name.slice(0, limits.nameLength - 40)}`;
  return kind === "promoted" ? `${own} ${version}` : `${own} back to ${version}`;
};
