import { commentView } from "./comment-view.ts";
import { createButton, createNode, show } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";
import { reasonsView } from "./reasons-view.ts";

interface Details {
  readonly button: HTMLElement;
  readonly panel: HTMLElement;
  /** Opens the panel and moves into it, or closes it; focus goes back to where it was opened. */
  toggle(open: boolean, opener: HTMLElement): void;
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
  const toggle = (open: boolean, by: HTMLElement): void => {
    opener = by;
    show(panel, open, opener);
    paint();
    if (open) panel.focus();
  };
  const close = (): void => toggle(false, opener);
  const button = createButton(
    "button details",
    strings.details,
    () => toggle(!!panel.hidden, button),
    "bubble",
  );
  const paint = (): void => {
    const { thumb } = session.said;
    button.ariaExpanded = `${!panel.hidden}`;
    down.ariaExpanded = `${!panel.hidden && thumb?.direction === "down"}`;
    show(button, always || thumb !== undefined || !panel.hidden, down);
  };
  for (const node of [panel, button, down]) {
    if (node !== panel) node.setAttribute("aria-controls", "panel");
    node.onkeydown = (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      // A dialog around us stays open: this press was for the panel.
      event.preventDefault();
      event.stopPropagation();
      close();
    };
  }
  panel.append(
    reasonsView(session, strings, "down", panel),
    reasonsView(session, strings, "up", panel),
    ...commentView(session, strings, close),
    createButton("button close", strings.close, close, "cross"),
  );
  session.watch(paint);
  return { button, panel, toggle };
};
