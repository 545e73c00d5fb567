import type { EvaluationRecord } from "@heed/schema";
import { byTime } from "../time-order.ts";

/** One request, put together from all the parts that were logged of it. */
export interface LoggedRequest extends Omit<EvaluationRecord, "id" | "evalScores"> {
  /** The latest score of each name. */
  readonly evalScores: Readonly<Record<string, number>>;
}

/**
 * Folds the records of one request into one: it happened at its earliest record's time; each score is the
 * latest of its name by (timestamp, id); every other field, and every metadata key, comes from the earliest
 * record that has it. The order and repetition of the records change nothing.
 *
 * @param records At least one, all of the same request.
 */
export const foldRequest = (records: readonly EvaluationRecord[]): LoggedRequest => {
  const fields: Record<string, unknown> = {};
  const metadata: Record<string, unknown> = {};
  const evalScores: Record<string, number> = {};
  const inOrder = [...records].sort(byTime);
  for (const record of inOrder) overwrite(evalScores, record.evalScores);
  for (const { id: _, ...record } of inOrder.reverse()) {
    overwrite(fields, record);
    overwrite(metadata, record.metadata);
  }
  if (fields.metadata) fields.metadata = metadata;
  return { ...(fields as unknown as LoggedRequest), evalScores };
};

/** Sets what is given; a field that is `undefined` was not. */
const overwrite = (target: Record<string, unknown>, given: object = {}): void => {
  for (const [name, value] of Object.entries(given)) if (value !== undefined) target[name] = value;
};
