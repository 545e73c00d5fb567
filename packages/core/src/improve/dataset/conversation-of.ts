/** One turn of a conversation. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/**
 * The conversation that a logged prompt stands for. A JSON array of objects with a `role` is one, as chat APIs take it;
 * any other text is one message of the user.
 *
 * Training tools agree on one order alone: at most one message of the system, first, then the user and the assistant in
 * turns, the user last; `developer` counts as the system. What has another order, other roles, or content that is not
 * text gives undefined. Lone surrogates become U+FFFD.
 *
 * @example
 * conversationOf("why?"); // [{ role: "user", content: "why?" }]
 */
export const conversationOf = (prompt: string): readonly Message[] | undefined => {
  const turns = parseTurns(prompt);
  if (!turns) return [{ role: "user", content: prompt.toWellFormed() }];
  const messages: Message[] = [];
  for (const { role, content } of turns) {
    const known = roles.get(role);
    if (!known || typeof content !== "string" || content.trim() === "") return undefined;
    messages.push({ role: known, content: content.toWellFormed() });
  }
  return isInOrder(messages) ? messages : undefined;
};

const roles: ReadonlyMap<string, Message["role"]> = new Map([
  ["system", "system"],
  ["developer", "system"],
  ["user", "user"],
  ["assistant", "assistant"],
]);

interface Turn {
  readonly role: string;
  readonly content?: unknown;
}

const parseTurns = (prompt: string): readonly Turn[] | undefined => {
  if (!/^\s*\[/.test(prompt)) return undefined;
  try {
    const parsed: unknown = JSON.parse(prompt);
    return Array.isArray(parsed) && parsed.length > 0 && parsed.every(isTurn) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const isTurn = (value: unknown): value is Turn =>
  typeof value === "object" && value !== null && "role" in value && typeof value.role === "string";

const isInOrder = (messages: readonly Message[]): boolean => {
  const turns = messages[0]?.role === "system" ? messages.slice(1) : messages;
  return (
    turns.length % 2 === 1 && turns.every(({ role }, at) => role === (at % 2 === 0 ? "user" : "assistant"))
  );
};
