import { type EvaluationRecordInput, type FeedbackEventInput, newId } from "@heed/schema";
import { parseJsonLines, readSharedData } from "./read-shared-data.ts";

/** A worker's verdict on one output of a pair. */
export interface Thumb {
  readonly pair: number;
  readonly worker: string;
  readonly prompt: string;
  readonly model: string;
  readonly thumb: 1 | -1;
}
interface Pair {
  readonly id: number;
  readonly prompt: number;
  readonly x: string;
  readonly y: string;
  readonly gpt4: "left" | "right" | "tie";
}
/** 10,920 real thumbs on outputs of language models, and GPT-4's verdicts; null where they are absent. */
export const realVotes = {
  thumbs: readSharedData("demo_llmfao_thumbs.jsonl"),
  pairs: readSharedData("llmfao_pairs.jsonl"),
  prompts: readSharedData("llmfao_prompts.jsonl"),
  expected: readSharedData("demo_expected.json"),
};

const requestIdOf = (prompt: string, model: string) => `${prompt} / ${model}`;

/** Each output's share of GPT-4 verdicts won: 1 a win, 0.5 a tie, 0 a loss; "left" means that x won. */
export const readRecords = (): EvaluationRecordInput[] => {
  const slugs = new Map(
    parseJsonLines<{ id: number; slug: string }>(realVotes.prompts!).map(({ id, slug }) => [id, slug]),
  );
  const outputs = new Map<string, { model: string; verdicts: number[] }>();
  for (const { prompt, x, y, gpt4 } of parseJsonLines<Pair>(realVotes.pairs!)) {
    const forX = { left: 1, tie: 0.5, right: 0 }[gpt4];
    for (const [model, verdict] of [[x, forX] as const, [y, 1 - forX] as const]) {
      const requestId = requestIdOf(slugs.get(prompt)!, model);
      const output = outputs.get(requestId) ?? { model, verdicts: [] };
      outputs.set(requestId, output);
      output.verdicts.push(verdict);
    }
  }
  return [...outputs].map(([requestId, { model, verdicts }]) => ({
    id: newId(),
    requestId,
    model,
    evalScores: { overall: verdicts.reduce((sum, verdict) => sum + verdict, 0) / verdicts.length },
  }));
};

/** The thumbs as events, given by whomever a thumb is taken to be of. */
export const readThumbs = (userIdOf: (thumb: Thumb) => string): FeedbackEventInput[] =>
  parseJsonLines<Thumb>(realVotes.thumbs!).map((thumb) => ({
    id: newId(),
    type: thumb.thumb === 1 ? "explicit_thumbs_up" : "explicit_thumbs_down",
    value: true,
    requestId: requestIdOf(thumb.prompt, thumb.model),
    userId: userIdOf(thumb),
  }));
