import type { Message } from "./conversation-of.ts";
import type { RowFormat } from "./dataset-formats.ts";
import type { Example } from "./example.ts";
import { assistant } from "./openai-format.ts";
import { rowsOfMethod, type TrainingMethod } from "./rows-of-method.ts";

/** A data set for LLaMA-Factory: a JSON array, and an entry for each file in the folder's `dataset_info.json`. */
export const llamaFactoryFormat = (method: TrainingMethod): RowFormat => ({
  rows: rowsOfMethod[method],
  file: "json",
  rowOf: rowOf[method],
  registry: ({ name, train, validation }) => ({
    [name]: { file_name: train, ...descriptions[method] },
    [`${name}_validation`]: validation ? { file_name: validation, ...descriptions[method] } : undefined,
  }),
});

const rowOf: Readonly<Record<TrainingMethod, (example: Example) => object>> = {
  sft: ({ messages, answer }) => ({ messages: [...messages, assistant(answer)] }),
  dpo: ({ messages, answer, rejected }) => ({
    conversations: messages.map(shareGpt),
    chosen: shareGpt(assistant(answer)),
    rejected: shareGpt(assistant(rejected)),
  }),
  kto: ({ messages, answer, liked }) => ({ messages: [...messages, assistant(answer)], label: liked }),
};

const shareGptRoles = { system: "system", user: "human", assistant: "gpt" } as const;

const shareGpt = ({ role, content }: Message) => ({ from: shareGptRoles[role], value: content });

const roleTags = {
  role_tag: "role",
  content_tag: "content",
  user_tag: "user",
  assistant_tag: "assistant",
  system_tag: "system",
};

const descriptions: Readonly<Record<TrainingMethod, object>> = {
  sft: { formatting: "sharegpt", columns: { messages: "messages" }, tags: roleTags },
  dpo: {
    formatting: "sharegpt",
    ranking: true,
    columns: { messages: "conversations", chosen: "chosen", rejected: "rejected" },
  },
  kto: { formatting: "sharegpt", columns: { messages: "messages", kto_tag: "label" }, tags: roleTags },
};
