import { expect, test } from "vitest";
import { numericFeatures } from "./numeric-features.ts";

test("are the scores, lengths in log words, and the share of the output that the prompt has", () => {
  const features = numericFeatures({
    prompt: "Can I return a bike?",
    output: "You can return a bike, bike or not.",
    evalScores: { overall: 0.8 },
  });
  expect(Object.fromEntries(features)).toEqual({
    "score:overall": 0.8,
    promptWords: Math.log1p(5),
    outputWords: Math.log1p(8),
    overlap: 4 / 7,
    refusal: 0,
  });
});

test("are absent where nothing is known, and 0 for an output without a word", () => {
  expect([...numericFeatures({})]).toEqual([]);
  expect(Object.fromEntries(numericFeatures({ prompt: "why?", output: "" }))).toMatchObject({
    outputWords: 0,
    overlap: 0,
  });
});

test.each([
  ["I'm sorry, but I can't help with that.", 1],
  ["I cannot answer this.", 1],
  ["As an AI model I have no opinion.", 1],
  ["Yes: the warranty says “I can't open it” counts as a defect.", 1],
  [`${"The shop opens at nine. ".repeat(20)} I can't say more.`, 0],
  ["Sorry for the delay, here it is.", 0],
])("tell a refusal at the start of an output: %s", (output, refusal) => {
  expect(numericFeatures({ output }).get("refusal")).toBe(refusal);
});
