import { commentView } from "./comment-view.ts";
import { createButton, createNode, show } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";
import { reasonsView } from "./reasons-view.ts";

interface Details {
  readonly button: HTMLElement;
  readonly panel: HTMLElement;
  /** Opens the panel and moves into it; where it was opened is where focus goes when it closes. */
  open(opener: HTMLElement): void;
  close(): void;
}

/**
 * The panel with reasons and comment, and the button that opens and closes it.
 *
 * @param down the thumb that opens the panel by itself
 * @param always whether the button is there before there is a thumb to explain
 */
export const detailsView = (
  session: Session,
  strings: FeedbackStrings,
  down: HTMLElement,
  always: boolean,
): Details => {
  const panel = createNode("div", {
    part: "panel",
    id: "panel",
    role: "group",
    "aria-label": strings.details,
    tabindex: "-1",
    hidden: "",
  });
  let opener = down;
  const open = (by: HTMLElement): void => {
    opener = by;
    panel.hidden = false;
    paint();
    panel.focus();
  };
  const close = (): void => {
    show(panel, false, opener);
    paint();
  };
  const button = createButton(
    "button details",
    strings.details,
    () => (panel.hidden ? open(button) : close()),
    "bubble",
  );
  const paint = (): void => {
    const { value } = session.thumb;
    button.ariaExpanded = String(!panel.hidden);
    down.ariaExpanded = String(!panel.hidden && value?.direction === "down");
    show(button, always || value !== undefined || !panel.hidden, down);
  };
  for (const node of [panel, button, down]) {
    if (node !== panel) node.setAttribute("aria-controls", panel.id);
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      // A dialog around us stays open: this press was for the panel.
      event.preventDefault();
      event.stopPropagation();
      close();
    });
  }
  panel.append(
    reasonsView(session, strings, "down", panel),
    reasonsView(session, strings, "up", panel),
    commentView(session, strings, close),
    createButton("button close", strings.close, close, "cross"),
  );
  session.watch(paint);
  return { button, panel, open, close };
};
