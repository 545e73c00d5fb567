import type { DatasetRows, RowFormat } from "./dataset-formats.ts";
import type { Example } from "./example.ts";
import { plainPrompt } from "./plain-prompt.ts";

/**
 * Texts in columns. `labelled` has the label as a number, 1 for liked and 0 for disliked, as trainers of classifiers
 * want it.
 */
export const tableFormat = (file: "jsonl" | "csv" | "parquet", rows: DatasetRows): RowFormat => ({
  rows,
  file,
  rowOf: (example) => ({ prompt: plainPrompt(example.messages), ...columnsOf[rows](example) }),
});

const columnsOf = {
  labelled: ({ answer, liked }) => ({ output: answer, label: liked ? 1 : 0 }),
  demonstrations: ({ answer }) => ({ completion: answer }),
  preferences: ({ answer, rejected }) => ({ chosen: answer, rejected }),
} as const satisfies Readonly<Record<DatasetRows, (example: Example) => object>>;
