import type { Message } from "./conversation-of.ts";
import type { RowFormat } from "./dataset-formats.ts";
import { assistant } from "./openai-format.ts";

/** Preference tuning of Gemini on Google Cloud: score 1 is the better answer, 0 the worse. */
export const geminiPreferenceFormat: RowFormat = {
  rows: "preferences",
  file: "jsonl",
  rowOf: ({ messages, answer, rejected }) => {
    const system = messages.find(({ role }) => role === "system");
    return {
      ...(system && { system_instruction: { parts: [{ text: system.content }] } }),
      contents: messages.filter((message) => message !== system).map(contentOf),
      completions: [
        { score: 1, completion: contentOf(assistant(answer)) },
        { score: 0, completion: contentOf(assistant(rejected)) },
      ],
    };
  },
};

const contentOf = ({ role, content }: Message) => ({
  role: role === "assistant" ? "model" : "user",
  parts: [{ text: content }],
});
