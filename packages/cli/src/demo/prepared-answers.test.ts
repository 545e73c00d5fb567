import { expect, test } from "vitest";
import { chooseAnswer, preparedAnswers } from "./prepared-answers.ts";
import { world } from "./simulated-world.ts";

test("every question that is offered gets its own answer", () => {
  for (const answer of preparedAnswers) expect(chooseAnswer(answer.question)).toBe(answer);
});

test("a question in other words gets the answer with the most of its words", () => {
  expect(chooseAnswer("do you repair a broken wheel").topic).toBe("repairs");
  expect(chooseAnswer("I want a REFUND!").topic).toBe("refunds");
  expect(chooseAnswer("how tall must I be for this frame?").topic).toBe("sizing");
});

test("what no answer fits is told so", () => {
  for (const message of ["", "42", "what is the meaning of life", "漢字"])
    expect(chooseAnswer(message).topic).toBe("other");
});

test("the answers are about the topics of the simulated history", () => {
  const answered = new Set(preparedAnswers.map(({ topic }) => topic));
  expect([...answered].sort()).toEqual(world.topics.map(({ name }) => name as string).sort());
});
