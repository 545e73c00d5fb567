import { explainNegativeFeedback, memoryStore, recordEvaluation, recordFeedback } from "@heed/core";
import { expect, test } from "vitest";
import { parseJsonLines, readSharedData } from "./support/read-shared-data.ts";

interface Output {
  readonly passage: string;
  readonly q: number;
  readonly model: string;
}

type Review = Output & {
  readonly reviewer: string;
  /** 0 to 100. */
  readonly overall: number;
  readonly comments: readonly { readonly text: string }[];
};

const reviews = readSharedData("squality_reviews.jsonl");
const outputs = readSharedData("squality_outputs.jsonl");

/** Real reviews of summaries as ratings and comments of users. */
const storeOf = async (reviewed: string, written: string) => {
  const store = memoryStore();
  const idOf = ({ passage, q, model }: Output): string => `${passage} ${q} ${model}`;
  await recordEvaluation(
    store,
    parseJsonLines<Output & { readonly question: string; readonly output: string }>(written).map(
      ({ question, output, ...own }) => ({
        requestId: idOf(own),
        prompt: question,
        output,
        model: own.model,
      }),
    ),
  );
  for (const review of parseJsonLines<Review>(reviewed)) {
    const about = { requestId: idOf(review), userId: `reviewer ${review.reviewer}` };
    await recordFeedback(store, [
      { ...about, type: "explicit_rating", value: 1 + review.overall / 25 },
      ...review.comments
        .filter(({ text }) => text.trim() !== "")
        .map(({ text }) => ({ ...about, type: "explicit_text_comment", value: text }) as const),
    ]);
  }
  return store;
};

test.skipIf(!reviews || !outputs)(
  "what reviewers of real summaries complain of is found: errors, repetition, commas, nonsense, typos",
  async () => {
    const answer = await explainNegativeFeedback(await storeOf(reviews!, outputs!), { by: ["model"] });
    if (answer.verdict !== "themes_found") throw new Error(answer.verdict);
    expect(answer.comments).toBe(1_247);
    const first = answer.themes.map(({ terms }) => terms[0]);
    expect(first.slice(0, 3)).toEqual(["incorrect", "repeat", "comma"]);
    expect(first).toEqual(
      expect.arrayContaining(["inaccurate", "sense", "sentence", "repetitive", "typo", "misspelled"]),
    );
    // Words that every summary has are no themes.
    for (const word of ["the", "of", "story", "and", "is"]) expect(first).not.toContain(word);

    const [incorrect] = answer.themes;
    expect(incorrect!.feedback).toBeGreaterThan(380);
    for (const { quotes } of answer.themes.flatMap(({ examples }) => examples))
      expect(quotes).not.toEqual([]);
    for (const { quotes } of incorrect!.examples) expect(quotes.join(" ")).toMatch(/incorrect/i);
    // The weaker of the two models repeats itself more than its share.
    const repeats = answer.themes.find(({ terms }) => terms[0] === "repeat")!;
    expect(repeats.segments).toMatchObject([{ label: "model", value: "bart" }]);
    expect(answer.unthemed).toBeLessThan(answer.comments / 2);
  },
);
