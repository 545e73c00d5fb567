import type { Session } from "./create-session.ts";
import { detailsView } from "./details-view.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";
import { ratingView } from "./rating-view.ts";
import { statusView } from "./status-view.ts";
import { thumbsView } from "./thumbs-view.ts";

/** Thumbs with a panel for reasons and a comment; with stars where they are wanted. */
export const feedbackView = (
  session: Session,
  strings: FeedbackStrings,
  { rating, always }: { readonly rating: boolean; readonly always: boolean },
): readonly HTMLElement[] => {
  const thumbs = thumbsView(session, strings, (direction, button) => {
    if (direction === "down") details.open(button);
    else details.close();
  });
  const details = detailsView(session, strings, thumbs.down, always);
  return [
    thumbs.node,
    ...(rating ? [ratingView(session, strings)] : []),
    details.button,
    ...statusView(session, strings),
    details.panel,
  ];
};
