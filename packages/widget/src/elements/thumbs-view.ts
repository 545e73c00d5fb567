import { createButton, createNode } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";

/** The two thumbs: a press says it, a press on the other changes it, a second press takes it back. */
export const thumbsView = (
  session: Session,
  strings: FeedbackStrings,
  onVote: (direction: "up" | "down" | undefined, button: HTMLButtonElement) => void,
): { readonly node: HTMLElement; readonly down: HTMLButtonElement } => {
  const thumb = (direction: "up" | "down", label: string): HTMLButtonElement => {
    const isChosen = () => session.said.thumb?.direction === direction;
    const button = createButton(
      `button thumb ${direction}`,
      label,
      () => {
        const again = isChosen();
        session.say("thumb", again ? undefined : { direction, reasons: [] });
        onVote(again ? undefined : direction, button);
      },
      "thumb",
    );
    session.watch(() => {
      button.ariaPressed = `${isChosen()}`;
    });
    return button;
  };
  const down = thumb("down", strings.thumbDown);
  return { node: createNode("div", { part: "thumbs" }, thumb("up", strings.thumbUp), down), down };
};
