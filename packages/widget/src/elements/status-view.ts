import { createButton, createNode, show } from "./create-node.ts";
import type { Session } from "./create-session.ts";
import type { FeedbackStrings } from "./feedback-strings.ts";

/** Tells, politely, what became of the latest vote, and offers to try again where it was lost. */
export const statusView = (session: Session, strings: FeedbackStrings): readonly HTMLElement[] => {
  const status = createNode("span", { part: "status", role: "status", tabindex: "-1" });
  const again = createButton("link again", strings.tryAgain, () => session.news?.again?.());
  let thanked: string | undefined;
  session.watch(() => {
    const { thumb, rating, comment } = session.said;
    const { news } = session;
    const said = [thumb?.direction, rating, comment].join();
    // Reasons belong to a thumb that was thanked for already: thanks after each of them would nag.
    if (said === thanked && news?.text !== "notSent") return;
    thanked = news?.text === "stored" ? said : undefined;
    status.textContent = news ? strings[news.text] : "";
    show(again, news?.again !== undefined, status);
  });
  return [status, again];
};
