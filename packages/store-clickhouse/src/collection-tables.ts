import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import type { CollectionTable } from "./collection-table.ts";
import {
  fromChangeCells,
  fromEvaluationCells,
  fromFeedbackCells,
  toChangeCells,
  toEvaluationCells,
  toFeedbackCells,
} from "./rows.ts";

export const feedbackTable: CollectionTable<FeedbackEvent> = {
  name: "feedback_events",
  toCells: toFeedbackCells,
  fromCells: fromFeedbackCells,
  userOf: ({ userId }) => userId,
  shardingKeyOf: ({ requestId }) => requestId,
};

export const evaluationTable: CollectionTable<EvaluationRecord> = {
  name: "eval_logs",
  toCells: toEvaluationCells,
  fromCells: fromEvaluationCells,
  userOf: () => undefined,
  shardingKeyOf: ({ requestId }) => requestId,
};

export const changeTable: CollectionTable<ChangeRecord> = {
  name: "changes",
  toCells: toChangeCells,
  fromCells: fromChangeCells,
  userOf: () => undefined,
  shardingKeyOf: ({ id }) => id,
};
