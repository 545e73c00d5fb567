export type {
  Agreement,
  AgreementWarning,
  Confusion,
  KappaEstimate,
  Share,
  Ties,
} from "./analyze/agreement.ts";
export type { SegmentKey } from "./analyze/collect-segments.ts";
export {
  type CorrelateEachOptions,
  type CorrelateOptions,
  correlateFeedbackWithMetrics,
} from "./analyze/correlate-feedback-with-metrics.ts";
export {
  type Drift,
  type DriftDay,
  type DriftMetric,
  type DriftOptions,
  detectDrift,
} from "./analyze/detect-drift.ts";
export type {
  ClusteredIntervals,
  CorrelationEstimate,
  CorrelationTable,
  FeedbackCorrelation,
  Unpaired,
} from "./analyze/feedback-correlation.ts";
export {
  type CohortVerdicts,
  type Contradiction,
  type ContradictionOptions,
  type Contradictions,
  type Disagreement,
  findContradictions,
} from "./analyze/find-contradictions.ts";
export { findSegments, type Segment, type SegmentOptions, type Segments } from "./analyze/find-segments.ts";
export { type AgreementOptions, measureAgreement } from "./analyze/measure-agreement.ts";
export type { CellWeights } from "./bias/cell-weights.ts";
export {
  type CohortFeedbackRate,
  computeFeedbackRateByCohort,
  type FeedbackRate,
  type FeedbackRateByCohort,
  type FeedbackRateOptions,
} from "./bias/compute-feedback-rate-by-cohort.ts";
export { type AuditSample, type DrawAuditOptions, drawAuditSample } from "./bias/draw-audit-sample.ts";
export { estimateSatisfaction, type SatisfactionOptions } from "./bias/estimate-satisfaction.ts";
export type { Satisfaction } from "./bias/satisfaction.ts";
export {
  type FeedbackCell,
  type FeedbackWeights,
  type WeightOptions,
  weightFeedbackForBalance,
} from "./bias/weight-feedback-for-balance.ts";
export { canonicalJson } from "./canonical-json.ts";
export { requireGiven } from "./check-options.ts";
export { type FeedbackSummary, getFeedbackSummary } from "./collect/get-feedback-summary.ts";
export { recordEvaluation } from "./collect/record-evaluation.ts";
export { recordFeedback } from "./collect/record-feedback.ts";
export type { RecordOptions } from "./collect/record-input.ts";
export { HeedError, isHeedError } from "./errors.ts";
export { groupCommit } from "./group-commit.ts";
export type { ChangeMetric } from "./impact/change-metric.ts";
export { type ListChangesOptions, listChanges } from "./impact/list-changes.ts";
export {
  type Improvement,
  type MeasureOptions,
  measureImprovementFromChange,
  type Period,
} from "./impact/measure-improvement-from-change.ts";
export { recordChange } from "./impact/record-change.ts";
export {
  identifyMiscalibratedOutputs,
  type MiscalibratedOptions,
  type MiscalibratedOutput,
  type Miscalibration,
} from "./improve/identify-miscalibrated-outputs.ts";
export { loadEvaluator, type OutputVerdict } from "./improve/load-evaluator.ts";
export {
  type CandidateReport,
  type Retraining,
  type RetrainOptions,
  type RetrainProgress,
  retrainEvaluator,
} from "./improve/retrain-evaluator.ts";
export {
  applyRetention,
  type KeepAggregates,
  type RetentionCounts,
  type RetentionOptions,
  type RetentionReceipt,
} from "./life/apply-retention.ts";
export { type CopiedCollection, type CopyOptions, copyStore, type StoreCopy } from "./life/copy-store.ts";
export type { DailyAggregate } from "./life/daily-aggregates.ts";
export { type EraseOptions, type ErasureReceipt, eraseUser } from "./life/erase-user.ts";
export { type ExportedItem, type ExportOptions, exportUser } from "./life/export-user.ts";
export { userDigest } from "./life/user-digest.ts";
export { matcherOf } from "./matcher-of.ts";
export { memoryStore } from "./memory-store.ts";
export { countRequests } from "./requests/count-requests.ts";
export { batchSize } from "./requests/derive-requests.ts";
export { foldedTypes, foldFeedback, type RequestFeedback, type Vote } from "./requests/fold-feedback.ts";
export { foldRequest, type LoggedRequest } from "./requests/fold-request.ts";
export { groupAccumulator } from "./requests/group-accumulator.ts";
export { groupRequests } from "./requests/group-requests.ts";
export { labelReader } from "./requests/label-reader.ts";
export type { RequestBatch, RequestQuery } from "./requests/request-batch.ts";
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
