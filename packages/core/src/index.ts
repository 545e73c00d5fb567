export { HeedError, isHeedError } from "./errors.ts";
export type { AppendOutcome, EvaluationFilter, FeedbackFilter, Page, PageRequest, Store } from "./store.ts";
