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
export {
  type Anomalies,
  type AnomalousRequest,
  type AnomalyOptions,
  flagAnomalousRequests,
} from "./bias/flag-anomalous-requests.ts";
export { flagSuspiciousFeedback, type SuspiciousOptions } from "./bias/flag-suspicious-feedback.ts";
export type { Satisfaction } from "./bias/satisfaction.ts";
export type { UserOutOfLine } from "./bias/suspicion/find-users-out-of-line.ts";
export type {
  FlaggedShare,
  SuspicionReason,
  SuspiciousCluster,
  SuspiciousEvent,
  SuspiciousFeedback,
} from "./bias/suspicion/suspicious-feedback.ts";
export type { FlaggedFeedback } from "./bias/trust-in.ts";
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
export type {
  AcknowledgedChange,
  AcknowledgementMail,
  Acknowledgements,
  Addressee,
  FeedbackOfUser,
} from "./impact/acknowledge/acknowledgements.ts";
export type { MeasuredEffect } from "./impact/acknowledge/measure-effect.ts";
export type { Badge, Recognition } from "./impact/acknowledge/recognise-usefulness.ts";
export type { ChangeMetric } from "./impact/change-metric.ts";
export { type AcknowledgementOptions, composeAcknowledgements } from "./impact/compose-acknowledgements.ts";
export { type ListChangesOptions, listChanges } from "./impact/list-changes.ts";
export {
  type Improvement,
  type MeasureOptions,
  measureImprovementFromChange,
  type Period,
} from "./impact/measure-improvement-from-change.ts";
export { type AcknowledgementInput, recordAcknowledgement } from "./impact/record-acknowledgement.ts";
export { recordChange } from "./impact/record-change.ts";
export { type FeedItem, type FeedOptions, renderFeed } from "./impact/render-feed.ts";
export {
  type ResponseTime,
  reportServiceLevels,
  type ServiceLevel,
  type ServiceLevelOptions,
  type ServiceLevels,
} from "./impact/report-service-levels.ts";
export {
  buildJudgePrompt,
  type JudgeExample,
  type JudgeGuideline,
  type JudgePrompt,
  type JudgePromptOptions,
} from "./improve/build-judge-prompt.ts";
export {
  type CompareJudgesOptions,
  compareJudges,
  type Judge,
  type JudgeComparison,
  type JudgeReport,
  type JudgeSettings,
} from "./improve/compare-judges.ts";
export type { DatasetFormat, DatasetRows, DatasetStyle } from "./improve/dataset/dataset-formats.ts";
export type { Manifest as DatasetManifest } from "./improve/dataset/manifest.ts";
export type { DatasetFile } from "./improve/dataset/write-dataset.ts";
export { type DecideOptions, decidePrompt } from "./improve/decide-prompt.ts";
export {
  type CurvePoint,
  type EvaluatorExplanation,
  type ExplainEvaluatorOptions,
  explainEvaluator,
  type Influence,
} from "./improve/explain-evaluator.ts";
export {
  type ExplainOptions,
  explainNegativeFeedback,
  type FeedbackTheme,
  type FeedbackThemes,
  type ThemeExample,
} from "./improve/explain-negative-feedback.ts";
export {
  type DatasetExport,
  type ExportDatasetOptions,
  exportDataset,
} from "./improve/export-dataset.ts";
export {
  identifyMiscalibratedOutputs,
  type MiscalibratedOptions,
  type MiscalibratedOutput,
  type Miscalibration,
} from "./improve/identify-miscalibrated-outputs.ts";
export { loadEvaluator, type OutputVerdict } from "./improve/load-evaluator.ts";
export {
  type PlanOptions,
  type PlanReason,
  planRetraining,
  type RetrainingPlan,
} from "./improve/plan-retraining.ts";
export { type EvaluatorSwitch, type PromoteOptions, promoteEvaluator } from "./improve/promote-evaluator.ts";
export type {
  ArmEvidence,
  DecisionCommand,
  DecisionEvidence,
  DecisionReason,
  PromptDecision,
} from "./improve/prompt/prompt-decision.ts";
export { recordShadowScores, type ShadowOptions, type ShadowScores } from "./improve/record-shadow-scores.ts";
export {
  type CandidateReport,
  type Retraining,
  type RetrainOptions,
  type RetrainProgress,
  retrainEvaluator,
} from "./improve/retrain-evaluator.ts";
export { type RevertOptions, revertEvaluator } from "./improve/revert-evaluator.ts";
export type { ThemeSegment } from "./improve/themes/theme-segments.ts";
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
