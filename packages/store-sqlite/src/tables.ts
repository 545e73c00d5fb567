import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import type { Table } from "./collection.ts";
import {
  changeColumns,
  evaluationColumns,
  feedbackColumns,
  fromChangeRow,
  fromEvaluationRow,
  fromFeedbackRow,
  toChangeRow,
  toEvaluationRow,
  toFeedbackRow,
} from "./rows.ts";

const feedback: Table<FeedbackEvent> = {
  name: "feedback_events",
  columns: feedbackColumns,
  user: "user_id",
  type: "type",
  userOf: ({ userId }) => userId,
  toRow: toFeedbackRow,
  fromRow: fromFeedbackRow,
};

const evaluations: Table<EvaluationRecord> = {
  name: "eval_logs",
  columns: evaluationColumns,
  user: "NULL",
  type: "NULL",
  toRow: toEvaluationRow,
  fromRow: fromEvaluationRow,
};

const changes: Table<ChangeRecord> = {
  name: "changes",
  columns: changeColumns,
  user: "NULL",
  type: "NULL",
  toRow: toChangeRow,
  fromRow: fromChangeRow,
};

/** The tables of the three collections. */
export const tables = { feedback, evaluations, changes };
