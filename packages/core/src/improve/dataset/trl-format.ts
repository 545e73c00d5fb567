import type { DatasetRows, DatasetStyle, RowFormat } from "./dataset-formats.ts";
import type { Example } from "./example.ts";
import { assistant } from "./openai-format.ts";
import { plainPrompt } from "./plain-prompt.ts";

type Trainer = "sft" | "dpo" | "kto" | "reward";

/** A data set for a trainer of Hugging Face TRL; plain texts are joined by the trainer as they are. */
export const trlFormat = (trainer: Trainer, style: DatasetStyle): RowFormat => ({
  rows: rowsOf[trainer],
  file: "jsonl",
  rowOf: style === "plain" ? plain[trainer] : conversational[trainer],
});

const rowsOf = {
  sft: "demonstrations",
  dpo: "preferences",
  kto: "labelled",
  reward: "preferences",
} as const satisfies Readonly<Record<Trainer, DatasetRows>>;

type RowOf = Readonly<Record<Trainer, (example: Example) => object>>;

const conversational: RowOf = {
  sft: ({ messages, answer }) => ({ prompt: messages, completion: [assistant(answer)] }),
  dpo: ({ messages, answer, rejected }) => ({
    prompt: messages,
    chosen: [assistant(answer)],
    rejected: [assistant(rejected)],
  }),
  kto: ({ messages, answer, liked }) => ({ prompt: messages, completion: [assistant(answer)], label: liked }),
  reward: ({ messages, answer, rejected }) => ({
    chosen: [...messages, assistant(answer)],
    rejected: [...messages, assistant(rejected)],
  }),
};

const plain: RowOf = {
  sft: ({ messages, answer }) => ({ prompt: plainPrompt(messages), completion: answer }),
  dpo: ({ messages, answer, rejected }) => ({ prompt: plainPrompt(messages), chosen: answer, rejected }),
  kto: ({ messages, answer, liked }) => ({ prompt: plainPrompt(messages), completion: answer, label: liked }),
  reward: ({ messages, answer, rejected }) => ({
    chosen: `${plainPrompt(messages)}\n\n${answer}`,
    rejected: `${plainPrompt(messages)}\n\n${rejected}`,
  }),
};
