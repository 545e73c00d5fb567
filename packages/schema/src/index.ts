export {
  type BatchAnswer,
  batchAnswerSchema,
  type EvaluationBatch,
  evaluationBatchSchema,
  type FeedbackBatch,
  feedbackBatchSchema,
  type ItemResult,
  itemResultSchema,
} from "./batch.ts";
export { type ChangeRecord, type ChangeRecordInput, changeRecordSchema } from "./change-record.ts";
export {
  type ErrorBody,
  type ErrorCode,
  errorBodySchema,
  errorCodeSchema,
  type Issue,
  issueSchema,
} from "./error-code.ts";
export {
  type EvaluationRecord,
  type EvaluationRecordInput,
  evaluationRecordSchema,
} from "./evaluation-record.ts";
export { type Evaluator, type EvaluatorMetrics, type EvaluatorModel, evaluatorSchema } from "./evaluator.ts";
export {
  type Discard,
  type DownReason,
  discardSchema,
  downReasonSchema,
  type Edit,
  editSchema,
  type FeedbackEvent,
  type FeedbackEventInput,
  type FeedbackType,
  feedbackEventSchema,
  type Retractable,
  retractableSchema,
  type UpReason,
  type Usage,
  upReasonSchema,
  usageSchema,
  visitorPrefix,
} from "./feedback-event.ts";
export { idSchema, newId, timeOfId } from "./id.ts";
export { jsonSchema } from "./json-schema.ts";
export { limits } from "./limits.ts";
export { keySchema } from "./metadata.ts";
export { rejectItem } from "./reject-item.ts";
export { nameSchema } from "./text.ts";
export { isStorableTime } from "./timestamp.ts";
export { type Validated, validate } from "./validate.ts";
