import type { RowFormat } from "./dataset-formats.ts";
import { plainPrompt } from "./plain-prompt.ts";

/** Together's instruction format. */
export const togetherInstructionFormat: RowFormat = {
  rows: "demonstrations",
  file: "jsonl",
  rowOf: ({ messages, answer }) => ({ prompt: plainPrompt(messages), completion: answer }),
};
