import { createButton, createNode, show } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";
import { icon } from "./icon.ts";

/**
 * One to five stars as radio buttons, so that arrow keys work as everywhere. A click on the chosen star takes
 * the rating back, and so does the button beside them, which the keyboard reaches too.
 */
export const ratingView = (session: Session, strings: FeedbackStrings): HTMLElement => {
  const stars = [1, 2, 3, 4, 5].map((stars) => {
    const input = createNode("input", {
      type: "radio",
      name: "rating",
      "aria-label": strings.stars.replace("{stars}", `${stars}`),
    });
    input.onclick = () => session.say("rating", session.said.rating === stars ? undefined : stars);
    session.watch(() => {
      input.checked = session.said.rating === stars;
    });
    return input;
  });
  const clear = createButton(
    "button clear",
    strings.clearRating,
    () => session.say("rating", undefined),
    "cross",
  );
  session.watch(() => show(clear, session.said.rating !== undefined, stars[0]!));
  return createNode(
    "div",
    { part: "rating", role: "radiogroup", "aria-label": strings.rating },
    ...stars.map((input) => createNode("label", { part: "star" }, input, icon("star"))),
    clear,
  );
};
