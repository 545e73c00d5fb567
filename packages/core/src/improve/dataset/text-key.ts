import { hash } from "node:crypto";
import type { Message } from "./conversation-of.ts";

/** A short stand-in for a text, so that all texts need not be held to find equal ones: 128 bits of its SHA-256. */
export const textKey = (text: string): string => hash("sha256", text, "base64url").slice(0, 22);

/** The same for the prompt of a request; white space is all alike, so that copies of a prompt are found. */
export const promptKey = (messages: readonly Message[]): string =>
  textKey(JSON.stringify(messages.map(({ role, content }) => [role, content.trim().replace(/\s+/g, " ")])));
