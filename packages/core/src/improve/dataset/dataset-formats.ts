import { axolotlFormat } from "./axolotl-format.ts";
import type { Example } from "./example.ts";
import { geminiPreferenceFormat } from "./gemini-format.ts";
import { llamaFactoryFormat } from "./llama-factory-format.ts";
import { openAiDpoFormat, openAiRftFormat, openAiSftFormat } from "./openai-format.ts";
import { promptfooFormat } from "./promptfoo-format.ts";
import { tableFormat } from "./table-format.ts";
import { togetherInstructionFormat } from "./together-format.ts";
import { trlFormat } from "./trl-format.ts";

/** Whether a format has messages or plain texts, where it knows both. */
export type DatasetStyle = "conversational" | "plain";

/** What a table holds: outputs with the verdict of users, answers to learn from, or pairs. */
export type DatasetRows = "labelled" | "demonstrations" | "preferences";

/** A file beside the rows, which tells the tool about them. */
export interface Companion {
  /** What follows the name of the data set and a dot. */
  readonly suffix: string;
  readonly text: string;
}

/** A format, as its tool defines it. */
export interface RowFormat {
  readonly rows: DatasetRows;
  readonly file: "jsonl" | "json" | "csv" | "parquet";
  /** Undefined where the tool would not take the texts as they are. */
  readonly rowOf: (example: Example) => object | undefined;
  /** Files that tell the tool about the rows, given their names: those of validation only where there are some. */
  readonly companions?: (files: DataFiles) => readonly Companion[];
  /** Entries for the `dataset_info.json` of the folder, by name; undefined for one that is not to be there. */
  readonly registry?: (files: DataFiles) => Readonly<Record<string, object | undefined>>;
}

export interface DataFiles {
  readonly name: string;
  readonly train: string;
  readonly validation: string | undefined;
}

interface FormatOptions {
  readonly style: DatasetStyle;
  readonly rows: DatasetRows;
}

/** Every format, by its name. */
export const datasetFormats = {
  labelled: () => tableFormat("jsonl", "labelled"),
  csv: ({ rows }) => tableFormat("csv", rows),
  parquet: ({ rows }) => tableFormat("parquet", rows),
  "openai-sft": () => openAiSftFormat,
  "openai-dpo": () => openAiDpoFormat,
  "openai-rft": () => openAiRftFormat,
  "together-instruction": () => togetherInstructionFormat,
  "trl-sft": ({ style }) => trlFormat("sft", style),
  "trl-dpo": ({ style }) => trlFormat("dpo", style),
  "trl-kto": ({ style }) => trlFormat("kto", style),
  "trl-reward": ({ style }) => trlFormat("reward", style),
  "axolotl-sft": () => axolotlFormat("sft"),
  "axolotl-dpo": () => axolotlFormat("dpo"),
  "axolotl-kto": () => axolotlFormat("kto"),
  "llama-factory-sft": () => llamaFactoryFormat("sft"),
  "llama-factory-dpo": () => llamaFactoryFormat("dpo"),
  "llama-factory-kto": () => llamaFactoryFormat("kto"),
  "gemini-preference": () => geminiPreferenceFormat,
  promptfoo: () => promptfooFormat,
} as const satisfies Readonly<Record<string, (options: FormatOptions) => RowFormat>>;

/** The name of a format. */
export type DatasetFormat = keyof typeof datasetFormats;
