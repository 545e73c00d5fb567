import type { Message } from "./conversation-of.ts";
import type { RowFormat } from "./dataset-formats.ts";

/** What the assistant says. */
export const assistant = (content: string): Message => ({ role: "assistant", content });

/** Supervised fine-tuning as OpenAI defined it, and Azure, Together and Fireworks take it. */
export const openAiSftFormat: RowFormat = {
  rows: "demonstrations",
  file: "jsonl",
  rowOf: ({ messages, answer }) => ({ messages: [...messages, assistant(answer)] }),
};

/** Pairs for direct preference optimisation, as OpenAI defined them, and Azure, Together and Fireworks take them. */
export const openAiDpoFormat: RowFormat = {
  rows: "preferences",
  file: "jsonl",
  rowOf: ({ messages, answer, rejected }) => ({
    input: { messages, tools: [], parallel_tool_calls: true },
    preferred_output: [assistant(answer)],
    non_preferred_output: [assistant(rejected)],
  }),
};

/** Reinforcement fine-tuning as OpenAI defined it and Azure takes it, with a grader: how near to the reference. */
export const openAiRftFormat: RowFormat = {
  rows: "demonstrations",
  file: "jsonl",
  rowOf: ({ messages, answer }) => ({ messages, reference_answer: answer }),
  companions: () => [{ suffix: "grader.json", text: `${JSON.stringify(grader, null, 2)}\n` }],
};

const grader = {
  type: "text_similarity",
  name: "near_the_reference",
  input: "{{sample.output_text}}",
  reference: "{{item.reference_answer}}",
  evaluation_metric: "fuzzy_match",
};
