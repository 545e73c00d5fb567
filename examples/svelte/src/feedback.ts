import { createFeedback } from "@heed/widget";

/** Sends for everything on the page. */
export const feedback = createFeedback({ endpoint: "/v1/feedback" });
