import { clientOver } from "./client-over.ts";
import { kyTransport } from "./ky-transport.ts";

export type { Consent, FeedbackClient, FeedbackOptions } from "./feedback-client.ts";

/**
 * Creates a client that records what users say about outputs and carries it to a heed server: retried with
 * the same ids until it is acknowledged, and sent before the page goes away.
 *
 * @example
 * const feedback = createFeedback({ endpoint: "/v1/feedback", userId: "user-1" });
 * feedback.thumbDown("req_1", { reasons: ["incorrect"] });
 * const outcome = await feedback.comment("req_1", "The second step is wrong."); // "stored"
 */
export const createFeedback = clientOver(kyTransport);
