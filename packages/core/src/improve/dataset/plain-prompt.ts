import type { Message } from "./conversation-of.ts";

const names = { system: "System", user: "User", assistant: "Assistant" } as const;

/**
 * A conversation as one text, for formats that have no messages: one message as it is, several with the name of their
 * role before each and an empty line between.
 */
export const plainPrompt = (messages: readonly Message[]): string =>
  messages.length === 1
    ? messages[0]!.content
    : messages.map(({ role, content }) => `${names[role]}: ${content}`).join("\n\n");
