export {
  type Consent,
  createFeedback,
  type FeedbackClient,
  type FeedbackOptions,
} from "./create-feedback.ts";
export type { NewFeedback, Outcome, Receipt, RecordedFeedback } from "./feedback-event.ts";
export type { DropReason, FeedbackProblem, ServerError } from "./feedback-problem.ts";
export { kyTransport } from "./ky-transport.ts";
export { memoryOutbox, type Outbox, type OutboxEvent } from "./outbox.ts";
export type { Transport, TransportRequest } from "./transport.ts";
