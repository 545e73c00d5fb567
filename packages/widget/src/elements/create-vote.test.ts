import { expect, test } from "vitest";
import type { Outcome, Receipt } from "../feedback-event.ts";
import { createVote } from "./create-vote.ts";

/** A vote whose sends end as told. */
const setUp = () => {
  const ends: ((outcome: Outcome) => void)[] = [];
  const reports: (readonly [Outcome, number | undefined])[] = [];
  let again: (() => void) | undefined;
  const vote = createVote<number>(
    () => new Promise<Outcome>((resolve) => ends.push(resolve)) as Receipt,
    (outcome, value, retry) => {
      reports.push([outcome, value]);
      again = retry;
    },
  );
  const end = async (index: number, outcome: Outcome) => {
    ends[index]?.(outcome);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { vote, end, reports, again: () => again?.() };
};

test("a vote is shown before the server has it", () => {
  const { vote, reports } = setUp();
  vote.set(4);
  expect(vote.value).toBe(4);
  expect(reports).toEqual([]);
});

test("a vote that was dropped goes back to the last one that was stored", async () => {
  const { vote, end, reports } = setUp();
  vote.set(4);
  await end(0, "stored");
  vote.set(2);
  await end(1, "dropped");
  expect(vote.value).toBe(4);
  expect(reports).toEqual([
    ["stored", 4],
    ["dropped", 2],
  ]);
});

test("a dropped vote can be sent again", async () => {
  const { vote, end, again } = setUp();
  vote.set(2);
  await end(0, "dropped");
  expect(vote.value).toBe(undefined);
  again();
  await end(1, "stored");
  expect(vote.value).toBe(2);
});

test("of many quick changes the last one is shown and reported", async () => {
  const { vote, end, reports } = setUp();
  for (const value of [1, undefined, 3]) vote.set(value);
  await end(0, "stored");
  await end(1, "dropped");
  expect([vote.value, reports]).toEqual([3, []]);
  await end(2, "dropped");
  expect([vote.value, reports]).toEqual([1, [["dropped", 3]]]);
});
