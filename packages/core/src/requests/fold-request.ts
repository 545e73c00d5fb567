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
  const inOrder = [...records].sort(byTime);
  const latestFirst = inOrder.toReversed().map(({ id: _, evalScores: __, ...fields }) => fields);
  const metadata = Object.assign({}, ...latestFirst.map((fields) => fields.metadata));
  return {
    ...(Object.assign({}, ...latestFirst) as (typeof latestFirst)[number]),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    evalScores: Object.assign({}, ...inOrder.map(({ evalScores }) => evalScores)),
  };
};
