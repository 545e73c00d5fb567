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
export {
  type Improvement,
  type MeasureOptions,
  measureImprovementFromChange,
  type Period,
} from "./impact/measure-improvement-from-change.ts";
export { memoryStore } from "./memory-store.ts";
export type { AppendOutcome, EvaluationFilter, FeedbackFilter, Page, PageRequest, Store } from "./store.ts";
