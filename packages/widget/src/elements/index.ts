import { commentView } from "./comment-view.ts";
import { defineElements, type HeedElement, type HeedFeedbackEvent } from "./define-elements.ts";
import { feedbackView } from "./feedback-view.ts";
import { ratingView } from "./rating-view.ts";
import { statusView } from "./status-view.ts";

export type { HeedElement, HeedFeedbackEvent } from "./define-elements.ts";
export type { FeedbackStrings, FeedbackStringsInput } from "./feedback-strings.ts";
export { setStrings } from "./page-strings.ts";

declare global {
  interface HTMLElementTagNameMap {
    "heed-thumbs": HeedElement;
    "heed-rating": HeedElement;
    "heed-comment": HeedElement;
    "heed-feedback": HeedElement;
  }
  interface GlobalEventHandlersEventMap {
    "heed-feedback": HeedFeedbackEvent;
  }
}

defineElements({
  "heed-thumbs": {
    view: (session, strings) => feedbackView(session, strings, false, false),
    value: ({ thumb }) => thumb?.direction,
  },
  "heed-rating": {
    view: (session, strings) => [ratingView(session, strings), ...statusView(session, strings)],
    value: ({ rating }) => rating?.toString(),
  },
  "heed-comment": {
    view: (session, strings) => [...commentView(session, strings), ...statusView(session, strings)],
    // Sent or not: what stands in a field is what its form carries.
    value: (_, root) => root.querySelector("textarea")?.value,
  },
  "heed-feedback": {
    view: (session, strings, host) => feedbackView(session, strings, true, !host.hasAttribute("no-rating")),
  },
});
