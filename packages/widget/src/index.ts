export { createFeedback, type FeedbackClient, type FeedbackOptions } from "./create-feedback.ts";
export type { NewFeedback, Outcome, Receipt, RecordedFeedback } from "./feedback-event.ts";
export type { DropReason, FeedbackProblem, ServerError } from "./feedback-problem.ts";
export { kyTransport, type Transport, type TransportRequest } from "./ky-transport.ts";
export { memoryOutbox, type Outbox, type OutboxEvent } from "./memory-outbox.ts";
