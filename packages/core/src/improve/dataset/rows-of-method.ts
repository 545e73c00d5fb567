import type { DatasetRows } from "./dataset-formats.ts";

/** What each way of training asks for. */
export const rowsOfMethod = {
  sft: "demonstrations",
  dpo: "preferences",
  kto: "labelled",
} as const satisfies Readonly<Record<string, DatasetRows>>;

/** A way of training that Axolotl, LLaMA-Factory and TRL all know. */
export type TrainingMethod = keyof typeof rowsOfMethod;
