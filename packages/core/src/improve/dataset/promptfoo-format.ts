import type { RowFormat } from "./dataset-formats.ts";

/**
 * Tests for Promptfoo, with the prompt `{{prompt}}`: a model that is no worse than what users liked, and better than what
 * they disliked. Promptfoo fills in templates and reads files that a text names, so that texts of users which look like
 * either are left out.
 */
export const promptfooFormat: RowFormat = {
  rows: "labelled",
  file: "jsonl",
  rowOf: ({ messages, answer, liked, reasons }) => {
    const prompt = messages.length === 1 ? messages[0]!.content : JSON.stringify(messages);
    if ([prompt, answer].some(isMoreThanText)) return undefined;
    const because = reasons.length > 0 ? ` (${reasons.join(", ").replaceAll("_", " ")})` : "";
    const rubric = liked
      ? `The answer is at least as good as this one, which users liked${because}:`
      : `The answer is better than this one, which users disliked${because}:`;
    return { vars: { prompt }, assert: [{ type: "llm-rubric", value: `${rubric}\n\n${answer}` }] };
  },
};

const isMoreThanText = (text: string): boolean => /\{[{%#]|^\s*(file|package):/i.test(text);
