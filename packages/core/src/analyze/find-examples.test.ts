import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import type { SegmentKey } from "./collect-segments.ts";
import { findExamples } from "./find-examples.ts";

/** Voted requests: their score, their rating and their topic. */
const requests = {
  e: [0.5, 2, "a"],
  d: [0.5, 2, "a"],
  c: [0.5, 1, "b"],
  b: [0.9, 4, "a"],
  a: [0, 5, "a"],
  unscored: [undefined, 1, "a"],
} as const;

const store = memoryStore();
await recordEvaluation(
  store,
  Object.entries(requests).map(([requestId, [overall, , topic]]) => ({
    requestId,
    ...(overall !== undefined && { evalScores: { overall } }),
    metadata: { topic, plan: "free" },
  })),
);
await recordFeedback(
  store,
  [...Object.entries(requests), ["never logged", [0, 1, "a"]] as const].map(([requestId, [, value]]) => ({
    type: "explicit_rating" as const,
    value,
    requestId,
  })),
);

const find = (metric: "humanScore" | "gap", most: number, ...keys: readonly SegmentKey[]) =>
  findExamples(
    store,
    {
      by: ["topic", "plan"],
      pairs: true,
      metric,
      score: "overall",
      scoreRange: [0, 1],
      since: undefined,
      until: undefined,
    },
    keys,
    most,
  );
const ofTopic = (value: string): SegmentKey => [{ label: "topic", value }];

test("those of the lowest human scores come first, equal ones in the order of their ids, and no more than wanted", async () => {
  expect(await find("humanScore", 3, ofTopic("a"), ofTopic("b"))).toEqual([["unscored", "d", "e"], ["c"]]);
  expect(await find("humanScore", 9, ofTopic("a"))).toEqual([["unscored", "d", "e", "b", "a"]]);
});

test("of a gap they are the widest in either direction, among those that have one", async () => {
  // The gaps: a 1 - 5, b 4.6 - 4, c 3 - 1, d and e 3 - 2.
  expect(await find("gap", 3, ofTopic("a"))).toEqual([["a", "d", "e"]]);
});

test("a pair of labels takes the requests that have both", async () => {
  const pair = (plan: string): SegmentKey => [...ofTopic("b"), { label: "plan", value: plan }];
  expect(await find("humanScore", 3, pair("free"), pair("pro"))).toEqual([["c"], []]);
});

test("nothing wanted is nothing found", async () => {
  expect(await find("humanScore", 0, ofTopic("a"))).toEqual([[]]);
  expect(await find("humanScore", 3)).toEqual([]);
});
