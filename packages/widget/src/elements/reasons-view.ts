import type { Thumb } from "../voting/index.ts";
import { createButton, createNode, show } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";

/** The reasons for a thumb in one direction, there while that thumb stands; any number of them can be on. */
export const reasonsView = (
  session: Session,
  strings: FeedbackStrings,
  direction: Thumb["direction"],
  heir: HTMLElement,
): HTMLElement => {
  const chosen = (): readonly string[] => session.said.thumb?.reasons ?? [];
  const chips = Object.entries(strings[`${direction}Reasons`]).map(([reason, label]) => {
    const chip = createButton("reason", label, () => {
      const others = chosen().filter((other) => other !== reason);
      const reasons = others.length < chosen().length ? others : [...others, reason];
      session.say("thumb", { direction, reasons: reasons as Thumb["reasons"] });
    });
    session.watch(() => {
      chip.ariaPressed = `${chosen().includes(reason)}`;
    });
    return chip;
  });
  const question = strings[`${direction}Question`];
  const node = createNode(
    "div",
    { part: "reasons", role: "group", "aria-label": question },
    createNode("div", { part: "question", "aria-hidden": "true" }, question),
    ...chips,
  );
  session.watch(() => show(node, session.said.thumb?.direction === direction, heir));
  return node;
};
