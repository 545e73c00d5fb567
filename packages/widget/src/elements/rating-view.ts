import { createButton, createNode, show } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";
import { icon } from "./icon.ts";

/**
 * One to five stars as radio buttons, so that arrow keys work as everywhere. A click on the chosen star takes
 * the rating back, and so does the button beside them, which the keyboard reaches too.
 */
export const ratingView = (session: Session, strings: FeedbackStrings): HTMLElement => {
  const rate = (stars: number | undefined) => session.rating.set(stars);
  const star = (stars: number): HTMLInputElement => {
    const input = createNode("input", {
      type: "radio",
      name: "rating",
      value: String(stars),
      "aria-label": strings.stars.replace("{stars}", String(stars)),
    });
    input.addEventListener("click", () => rate(session.rating.value === stars ? undefined : stars));
    session.watch(() => {
      input.checked = session.rating.value === stars;
    });
    return input;
  };
  const first = star(1);
  const stars = [first, star(2), star(3), star(4), star(5)];
  const clear = createButton("button clear", strings.clearRating, () => rate(undefined), "cross");
  session.watch(() => show(clear, session.rating.value !== undefined, first));
  return createNode(
    "div",
    { part: "rating", role: "radiogroup", "aria-label": strings.rating },
    ...stars.map((input) => createNode("label", { part: "star" }, input, icon("star"))),
    clear,
  );
};
