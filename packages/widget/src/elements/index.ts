import { commentView } from "./comment-view.ts";
import { defineElement, type HeedElement, type HeedFeedbackEvent } from "./define-element.ts";
import { feedbackView } from "./feedback-view.ts";
import { ratingView } from "./rating-view.ts";
import { statusView } from "./status-view.ts";

export type { HeedElement, HeedFeedbackEvent } from "./define-element.ts";
export type { FeedbackStrings, FeedbackStringsInput } from "./feedback-strings.ts";

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

defineElement("heed-thumbs", (session, strings) =>
  feedbackView(session, strings, { rating: false, always: false }),
);
defineElement("heed-rating", (session, strings) => [
  ratingView(session, strings),
  ...statusView(session, strings),
]);
defineElement("heed-comment", (session, strings) => [
  commentView(session, strings),
  ...statusView(session, strings),
]);
defineElement("heed-feedback", (session, strings, host) =>
  feedbackView(session, strings, { rating: !host.hasAttribute("no-rating"), always: true }),
);
