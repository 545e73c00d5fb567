import { expect, test } from "vitest";
import type { NewFeedback, Outcome, Receipt, RecordedFeedback } from "../feedback-event.ts";
import { createVoting } from "./create-voting.ts";

/** A voting whose sends end as told. */
const setUp = () => {
  const ends: ((outcome: Outcome) => void)[] = [];
  const sent: unknown[] = [];
  const voting = createVoting(
    {
      record(event: NewFeedback) {
        sent.push(event.value);
        const promise = new Promise<Outcome>((resolve) => ends.push(resolve));
        return Object.assign(promise, { event: event as RecordedFeedback }) as Receipt;
      },
    },
    "req-1",
  );
  const end = async (index: number, outcome: Outcome) => {
    ends[index]?.(outcome);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { voting, end, sent };
};

test("a vote is shown before the server has it, with no news of it", () => {
  const { voting } = setUp();
  voting.say("rating", 4);
  expect(voting.said).toEqual({ rating: 4 });
});

test("a vote that was dropped goes back to the last one that was stored", async () => {
  const { voting, end } = setUp();
  voting.say("rating", 4);
  await end(0, "stored");
  expect(voting.said).toEqual({ rating: 4, news: { text: "stored" } });
  voting.say("rating", 2);
  await end(1, "dropped");
  expect(voting.said).toMatchObject({ rating: 4, news: { text: "notSent" } });
});

test("a dropped vote can be sent again, and its event is told again", async () => {
  const { voting, end } = setUp();
  const recorded: unknown[] = [];
  voting.say("rating", 2, (event) => recorded.push(event.value));
  await end(0, "dropped");
  expect(voting.said.rating).toBe(undefined);
  voting.said.news?.again?.();
  await end(1, "stored");
  expect(voting.said).toMatchObject({ rating: 2, news: { text: "stored" } });
  expect(recorded).toEqual([2, 2]);
});

test("of many quick changes the last one is shown and told", async () => {
  const { voting, end, sent } = setUp();
  for (const value of [1, undefined, 3]) voting.say("rating", value);
  expect(sent).toEqual([1, "rating", 3]);
  await end(0, "stored");
  await end(1, "dropped");
  expect(voting.said).toEqual({ rating: 3 });
  await end(2, "dropped");
  expect(voting.said).toMatchObject({ rating: 1, news: { text: "notSent" } });
});

test("thumb, rating and comment go back each by itself", async () => {
  const { voting, end } = setUp();
  voting.say("thumb", { direction: "up", reasons: [] });
  voting.say("rating", 5);
  await end(1, "dropped");
  await end(0, "stored");
  expect(voting.said).toEqual({ thumb: { direction: "up", reasons: [] }, news: { text: "stored" } });
});

test("what is shown is one object until it changes, and is never changed in place", () => {
  const { voting } = setUp();
  const before = voting.said;
  expect(voting.said).toBe(before);
  voting.say("comment", "text");
  expect(voting.said).not.toBe(before);
  expect(before).toEqual({});
});

test("listeners are called after every change, and never after they were taken off", async () => {
  const { voting, end } = setUp();
  const seen: unknown[] = [];
  const stop = voting.watch(() => seen.push(voting.said.rating));
  voting.say("rating", 1);
  await end(0, "dropped");
  stop();
  voting.say("rating", 2);
  expect(seen).toEqual([1, undefined]);
});

test("what is forgotten is not shown, withdrawn or told of, and what comes next goes back to what was stored", async () => {
  const { voting, end, sent } = setUp();
  voting.say("rating", 4);
  await end(0, "stored");
  voting.say("comment", "text");
  voting.forget();
  await end(1, "dropped");
  expect([voting.said, sent]).toEqual([{}, [4, "text"]]);
  voting.say("rating", 2);
  await end(2, "dropped");
  expect(voting.said).toMatchObject({ rating: 4, news: { text: "notSent" } });
});
