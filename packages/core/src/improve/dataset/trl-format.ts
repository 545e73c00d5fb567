import type { DatasetStyle, RowFormat } from "./dataset-formats.ts";
import type { Example } from "./example.ts";
import { assistant } from "./openai-format.ts";
import { plainPrompt } from "./plain-prompt.ts";
import { rowsOfMethod, type TrainingMethod } from "./rows-of-method.ts";

type Trainer = TrainingMethod | "reward";

/** A data set for a trainer of Hugging Face TRL; plain texts are joined by the trainer as they are. */
export const trlFormat = (trainer: Trainer, style: DatasetStyle): RowFormat => ({
  rows: trainer === "reward" ? "preferences" : rowsOfMethod[trainer],
  file: "jsonl",
  rowOf: style === "plain" ? plain[trainer] : conversational[trainer],
});

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
