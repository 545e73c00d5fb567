import type { FeedbackEventInput } from "@heed/schema";
import { beforeEach, describe, expect, test } from "vitest";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { getFeedbackSummary } from "./get-feedback-summary.ts";
import { recordFeedback } from "./record-feedback.ts";

let store: Store;
beforeEach(() => {
  store = memoryStore();
});

type Saying = FeedbackEventInput extends infer Event
  ? Event extends unknown
    ? Omit<Event, "requestId">
    : never
  : never;

/** Records events of one request, a second apart. */
const say = async (requestId: string, ...sayings: Saying[]) => {
  const events = sayings.map((saying, at) => ({
    timestamp: new Date(Date.UTC(2026, 0, 1, 12, 0, at)),
    ...saying,
    requestId,
  })) as FeedbackEventInput[];
  const results = await recordFeedback(store, events);
  expect(results.every(({ status }) => status === "stored")).toBe(true);
};

const up = { type: "explicit_thumbs_up", value: true } as const;
const down = { type: "explicit_thumbs_down", value: true } as const;

test("a request that nobody reacted to has counts of 0 and scores of null", async () => {
  expect(await getFeedbackSummary(store, "req-1")).toEqual({
    requestId: "req-1",
    thumbsUp: 0,
    thumbsDown: 0,
    reasons: {},
    ratingCount: 0,
    avgRating: null,
    humanScore: null,
    comments: [],
    usageIndicators: { copied: 0, inserted: 0, sent: 0, accepted: 0 },
    discards: { rejected: 0, regenerated: 0, rephrased: 0, undone: 0, stopped: 0 },
    edits: { count: 0, meanSimilarity: null, meanContainment: null },
    exposures: { count: 0, visibleMs: 0, activeMs: 0 },
  });
});

test("what was said and what was done stand side by side, discards included", async () => {
  await say(
    "req-1",
    { ...up, userId: "user-1", reasons: ["accurate", "clear"] },
    { type: "explicit_rating", value: 4, userId: "user-1" },
    { ...down, userId: "user-2", reasons: ["too_long"] },
    { type: "explicit_rating", value: 2.5, userId: "user-2" },
    { ...up, userId: "cem", reasons: ["clear"] },
    { type: "explicit_text_comment", value: "Good, but long", userId: "user-2" },
    { type: "explicit_text_comment", value: "Thanks" },
    { type: "implicit_usage", value: "copied", userId: "user-1" },
    { type: "implicit_usage", value: "copied", userId: "cem" },
    { type: "implicit_usage", value: "sent", userId: "user-1" },
    { type: "implicit_discard", value: "regenerated", userId: "user-2" },
    { type: "implicit_discard", value: "rephrased", userId: "user-2" },
    {
      type: "implicit_edit",
      value: { similarity: 0.5, containment: 1, lengthRatio: 1, sampledAfterMs: 1 },
    },
    {
      type: "implicit_edit",
      value: { similarity: 1, containment: 0.5, lengthRatio: 1, sampledAfterMs: 2 },
    },
    { type: "implicit_exposure", value: { visibleMs: 900, activeMs: 400 } },
    { type: "implicit_exposure", value: { visibleMs: 100, activeMs: 50 } },
  );
  await say("req-2", { ...down, userId: "user-1" }, { type: "implicit_discard", value: "stopped" });

  expect(await getFeedbackSummary(store, "req-1")).toEqual({
    requestId: "req-1",
    thumbsUp: 2,
    thumbsDown: 1,
    reasons: { accurate: 1, clear: 2, too_long: 1 },
    ratingCount: 2,
    avgRating: 3.25,
    humanScore: (5 + 4 + 1 + 2.5 + 5) / 5,
    comments: [
      { text: "Good, but long", userId: "user-2", timestamp: new Date("2026-01-01T12:00:05.000Z") },
      { text: "Thanks", timestamp: new Date("2026-01-01T12:00:06.000Z") },
    ],
    usageIndicators: { copied: 2, inserted: 0, sent: 1, accepted: 0 },
    discards: { rejected: 0, regenerated: 1, rephrased: 1, undone: 0, stopped: 0 },
    edits: { count: 2, meanSimilarity: 0.75, meanContainment: 0.75 },
    exposures: { count: 2, visibleMs: 1_000, activeMs: 450 },
  });
});

describe("only what stands is counted", () => {
  const summaryOf = async (...sayings: Saying[]) => {
    await say("req-1", ...sayings);
    return getFeedbackSummary(store, "req-1");
  };

  test("a user who changes the thumb is counted once, with the reasons of the last", async () => {
    const { thumbsUp, thumbsDown, reasons } = await summaryOf(
      { ...up, userId: "user-1", reasons: ["fast"] },
      { ...down, userId: "user-1", reasons: ["unsafe"] },
    );
    expect({ thumbsUp, thumbsDown, reasons }).toEqual({ thumbsUp: 0, thumbsDown: 1, reasons: { unsafe: 1 } });
  });

  test("a user who takes everything back leaves nothing said", async () => {
    const summary = await summaryOf(
      { ...up, userId: "user-1", reasons: ["fast"] },
      { type: "explicit_rating", value: 5, userId: "user-1" },
      { type: "explicit_text_comment", value: "sorry", userId: "user-1" },
      { type: "explicit_retraction", value: "thumb", userId: "user-1" },
      { type: "explicit_retraction", value: "rating", userId: "user-1" },
      { type: "explicit_retraction", value: "comment", userId: "user-1" },
    );
    expect(summary).toEqual(
      await getFeedbackSummary(store, "req-0").then((none) => ({ ...none, requestId: "req-1" })),
    );
  });

  test("a double click and a replay count once", async () => {
    const click = { ...up, userId: "user-1" };
    const once = await summaryOf(click, click);
    expect(once.thumbsUp).toBe(1);
    expect(await summaryOf(click)).toEqual(once);
  });
});

test("more events than one page holds are all counted", async () => {
  const events = Array.from({ length: 5_001 }, () => ({ ...up, requestId: "req-1" }));
  await recordFeedback(store, events);
  expect((await getFeedbackSummary(store, "req-1")).thumbsUp).toBe(5_001);
});
