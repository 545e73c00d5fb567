import {
  type EvaluationRecord,
  type EvaluationRecordInput,
  evaluationRecordSchema,
  type ItemResult,
  limits,
  validate,
} from "@heed/schema";
import type { Store } from "../store.ts";
import { type RecordOptions, recordInput } from "./record-input.ts";

/**
 * Records what is known of requests: prompt, output, automatic scores, model, cohort. A request may be recorded
 * in parts, as its evaluators answer late and more than once: each score is the latest of its name, every other
 * field the earliest given. Answers for each record as `recordFeedback` does.
 *
 * Record requests without scores too: they are the denominator of every rate.
 *
 * @throws HeedError `STORE_FAILED` or `STORE_CLOSED`: then nothing is known to be stored, and the same records
 * may be recorded again.
 *
 * @example
 * await recordEvaluation(store, { requestId: "req-1", model: "small", evalScores: { overall: 0.82 } });
 */
export function recordEvaluation(
  store: Store,
  record: EvaluationRecordInput,
  options?: RecordOptions,
): Promise<ItemResult>;
export function recordEvaluation(
  store: Store,
  records: readonly EvaluationRecordInput[],
  options?: RecordOptions,
): Promise<readonly ItemResult[]>;
export function recordEvaluation(
  store: Store,
  input: EvaluationRecordInput | readonly EvaluationRecordInput[],
  options?: RecordOptions,
): Promise<ItemResult | readonly ItemResult[]> {
  const append = (records: readonly EvaluationRecord[]) => store.appendEvaluations(records);
  return recordInput(
    { validate: (item) => validate(evaluationRecordSchema, item), maxBytes: limits.recordBytes, append },
    input,
    options,
  );
}
