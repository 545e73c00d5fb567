import { words } from "../../text/words.ts";
import type { ScorableOutput } from "./scorable-output.ts";

/** How numbers that are no score are called; a score is called `score:` and its name. */
const textFeatures = {
  promptWords: ({ prompt }: Texts) => prompt && Math.log1p(prompt.length),
  outputWords: ({ output }: Texts) => output && Math.log1p(output.length),
  /** Share of the different words of the output that the prompt has too. */
  overlap: ({ prompt, output }: Texts) => prompt && output && overlapOf(prompt, output),
  /** 1 where the output says that it will not or cannot answer, in English. */
  refusal: (_: Texts, { output }: ScorableOutput) =>
    output === undefined ? undefined : Number(refuses(output)),
} as const;

interface Texts {
  readonly prompt: readonly string[] | undefined;
  readonly output: readonly string[] | undefined;
}

export const scoreFeature = (name: string): string => `score:${name}`;

/** The cheap numbers of an output, by name: its scores, lengths in log words, overlap and refusal; absent where unknown. */
export const numericFeatures = (output: ScorableOutput): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const [name, score] of Object.entries(output.evalScores ?? {}))
    if (Number.isFinite(score)) found.set(scoreFeature(name), score);
  const texts = {
    prompt: output.prompt === undefined ? undefined : words(output.prompt),
    output: output.output === undefined ? undefined : words(output.output),
  };
  for (const [name, measure] of Object.entries(textFeatures)) {
    const value = measure(texts, output);
    if (value !== undefined) found.set(name, value);
  }
  return found;
};

const overlapOf = (prompt: readonly string[], output: readonly string[]): number => {
  const [asked, said] = [new Set(prompt), new Set(output)];
  let shared = 0;
  for (const word of said) if (asked.has(word)) shared++;
  return said.size === 0 ? 0 : shared / said.size;
};

/** Only at the start, where a refusal stands; further down the same words mostly quote. */
const refuses = (output: string): boolean =>
  /\b(?:i(?: am|['’]m) (?:sorry|unable|not able)|i (?:can(?:no|['’])t|cannot|won['’]t|will not)|as an ai|unable to (?:help|assist|answer))\b/i.test(
    output.slice(0, 200),
  );
