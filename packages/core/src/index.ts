export {
  type CorrelateOptions,
  type CorrelationEstimate,
  correlateFeedbackWithMetrics,
  type FeedbackCorrelation,
  type Unpaired,
} from "./analyze/correlate-feedback-with-metrics.ts";
export { canonicalJson } from "./canonical-json.ts";
export { requireGiven } from "./check-options.ts";
export { type FeedbackSummary, getFeedbackSummary } from "./collect/get-feedback-summary.ts";
export { recordEvaluation } from "./collect/record-evaluation.ts";
export { recordFeedback } from "./collect/record-feedback.ts";
export type { RecordOptions } from "./collect/record-input.ts";
export { HeedError, isHeedError } from "./errors.ts";
export { groupCommit } from "./group-commit.ts";
export { type ListChangesOptions, listChanges } from "./impact/list-changes.ts";
export {
  type Improvement,
  type MeasureOptions,
  measureImprovementFromChange,
  type Period,
} from "./impact/measure-improvement-from-change.ts";
export { recordChange } from "./impact/record-change.ts";
export { memoryStore } from "./memory-store.ts";
export { countRequests } from "./requests/count-requests.ts";
export { batchSize } from "./requests/derive-requests.ts";
export { foldedTypes, foldFeedback, type RequestFeedback, type Vote } from "./requests/fold-feedback.ts";
export { foldRequest, type LoggedRequest } from "./requests/fold-request.ts";
export type { RequestBatch, RequestQuery } from "./requests/request-batch.ts";
export { groupAccumulator } from "./requests/group-accumulator.ts";
export { groupRequests } from "./requests/group-requests.ts";
export type { GroupQuery, RequestGroup } from "./requests/request-group.ts";
export { scanRequests } from "./requests/scan-requests.ts";
export { withoutFastPaths } from "./requests/without-fast-paths.ts";
export type {
  AppendOutcome,
  ChangeFilter,
  EvaluationFilter,
  FeedbackFilter,
  Page,
  PageRequest,
  Store,
} from "./store.ts";
