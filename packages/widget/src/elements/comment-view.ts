import { createButton, createNode, show } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";

/** The server counts code points, never more than the UTF-16 code units that `maxlength` counts. */
const maxLength = "8000";

/** A comment: written and sent; then shown as sent, to be taken back and written anew. */
export const commentView = (
  session: Session,
  strings: FeedbackStrings,
  onSend: () => void = () => {},
): HTMLElement => {
  const text = createNode("textarea", { part: "text", id: "text", rows: "3", maxlength: maxLength });
  const send = (): void => {
    if (text.value.trim()) {
      session.comment.set(text.value);
      onSend();
    } else {
      text.focus();
    }
  };
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
  });
  const form = createNode(
    "div",
    { part: "form" },
    createNode("label", { for: "text" }, strings.comment),
    text,
    createButton("submit", strings.send, send),
  );
  const quote = createNode("p", { part: "quote" });
  const sent = createNode(
    "div",
    { part: "sent", role: "group", "aria-label": strings.comment, tabindex: "-1" },
    quote,
    createButton("link", strings.takeBack, () => session.comment.set(undefined)),
  );
  session.watch(() => {
    const { value } = session.comment;
    quote.textContent = value ?? "";
    // What appears comes first, so that focus has somewhere to go.
    if (value === undefined) {
      show(form, true, text);
      show(sent, false, text);
    } else {
      show(sent, true, sent);
      show(form, false, sent);
    }
  });
  return createNode("div", { part: "comment" }, form, sent);
};
