import type { DataFiles, RowFormat } from "./dataset-formats.ts";
import type { Example } from "./example.ts";
import { assistant } from "./openai-format.ts";
import { plainPrompt } from "./plain-prompt.ts";
import { rowsOfMethod, type TrainingMethod } from "./rows-of-method.ts";

/** A data set for Axolotl, with the part of its configuration that loads it. */
export const axolotlFormat = (method: TrainingMethod): RowFormat => ({
  rows: rowsOfMethod[method],
  file: "jsonl",
  rowOf: rowOf[method],
  companions: (files) => [{ suffix: "axolotl.yaml", text: configuration(method, files) }],
});

const rowOf: Readonly<Record<TrainingMethod, (example: Example) => object>> = {
  sft: ({ messages, answer }) => ({ messages: [...messages, assistant(answer)] }),
  dpo: ({ messages, answer, rejected }) => ({
    messages,
    chosen: assistant(answer),
    rejected: assistant(rejected),
  }),
  // The system's message is there in every row: columns that come and go have no type.
  kto: ({ messages, answer, liked }) => {
    const [first, ...others] = messages;
    const system = first?.role === "system" ? first.content : "";
    const prompt = plainPrompt(first?.role === "system" ? others : messages);
    return { system, prompt, completion: answer, label: liked };
  },
};

const heads: Readonly<Record<TrainingMethod, readonly string[]>> = {
  sft: [],
  dpo: ["rl: dpo"],
  kto: ["rl: kto", "remove_unused_columns: false"],
};

/** How a file is read, but for its path. */
const loaders: Readonly<Record<TrainingMethod, readonly string[]>> = {
  sft: ["type: chat_template", "field_messages: messages"],
  dpo: [
    "type: chat_template.default",
    "field_messages: messages",
    "field_chosen: chosen",
    "field_rejected: rejected",
  ],
  // Axolotl's user_defined KTO loader fails on the very fields that it documents; this one reads the same columns.
  kto: ["type: chatml.ultra # llama3.ultra for the models of Llama 3"],
};

/** Names of data sets are letters, digits, `_`, `.` and `-`: nothing that YAML would take for more than text. */
const configuration = (method: TrainingMethod, { train, validation }: DataFiles): string => {
  const entry = (path: string) => [
    `  - path: ./${path}`,
    "ds_type: json",
    "split: train",
    ...loaders[method],
  ];
  const lines = [
    "# To be merged into the configuration of a run that starts in this folder.",
    ...heads[method],
    "datasets:",
    entry(train).join("\n    "),
    ...(validation ? ["test_datasets:", entry(validation).join("\n    ")] : []),
  ];
  return `${lines.join("\n")}\n`;
};
