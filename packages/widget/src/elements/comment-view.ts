import { createButton, createNode, show } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";

/** The server counts code points, never more than the UTF-16 code units that `maxlength` counts. */
const maxlength = "8000";

/** A comment: written and sent; then shown as sent, to be taken back and written anew. */
export const commentView = (
  session: Session,
  strings: FeedbackStrings,
  onSend?: () => void,
): readonly HTMLElement[] => {
  const text = createNode("textarea", { part: "text", id: "text", rows: "3", dir: "auto", maxlength });
  const send = (): void => {
    if (text.value.trim()) {
      session.say("comment", text.value);
      onSend?.();
    } else {
      text.focus();
    }
  };
  text.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
  };
  const form = createNode(
    "div",
    { part: "form" },
    createNode("label", { for: "text" }, strings.comment),
    text,
    createButton("submit", strings.send, send),
  );
  const quote = createNode("div", { part: "quote", dir: "auto" });
  const sent = createNode(
    "div",
    { part: "sent", role: "group", "aria-label": strings.comment, tabindex: "-1" },
    quote,
    createButton("link", strings.takeBack, () => session.say("comment", undefined)),
  );
  session.watch(() => {
    const { comment } = session.said;
    quote.textContent = comment ?? "";
    const [shown, hidden, heir] = comment === undefined ? [form, sent, text] : [sent, form, sent];
    // What appears comes first, so that focus has somewhere to go.
    show(shown, true, heir);
    show(hidden, false, heir);
  });
  return [form, sent];
};
