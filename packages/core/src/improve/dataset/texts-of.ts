import type { FeedbackEvent } from "@heed/schema";
import type { WholeRequest } from "../../requests/read-whole-requests.ts";
import { conversationOf, type Message } from "./conversation-of.ts";

/** What was asked and answered in a request, or why nothing can be made of it; lone surrogates are U+FFFD. */
export const textsOf = ({
  prompt,
  output,
}: WholeRequest):
  | { readonly messages: readonly Message[]; readonly output: string }
  | { readonly reason: "noText" | "unusableConversation" } => {
  if (!prompt?.trim() || !output?.trim()) return { reason: "noText" };
  const messages = conversationOf(prompt);
  return messages ? { messages, output: output.toWellFormed() } : { reason: "unusableConversation" };
};

/** The text that an edit led to; undefined where the host does not record it, or nothing was left. */
export const editedText = (event: FeedbackEvent): string | undefined => {
  const text = event.type === "implicit_edit" ? event.value.text : undefined;
  return text?.trim() ? text.toWellFormed() : undefined;
};
