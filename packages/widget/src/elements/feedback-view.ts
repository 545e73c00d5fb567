import type { Session } from "./create-session.ts";
import { detailsView } from "./details-view.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";
import { ratingView } from "./rating-view.ts";
import { statusView } from "./status-view.ts";
import { thumbsView } from "./thumbs-view.ts";

/**
 * Thumbs with a panel for reasons and a comment.
 *
 * @param always whether the panel is offered before there is a thumb
 * @param rating whether there are stars as well
 */
export const feedbackView = (
  session: Session,
  strings: FeedbackStrings,
  always: boolean,
  rating: boolean,
): readonly HTMLElement[] => {
  const thumbs = thumbsView(session, strings, (direction, button) =>
    details.toggle(direction === "down", button),
  );
  const details = detailsView(session, strings, thumbs.down, always);
  return [
    thumbs.node,
    ...(rating ? [ratingView(session, strings)] : []),
    details.button,
    ...statusView(session, strings),
    details.panel,
  ];
};
