import type { EvaluationRecordInput, FeedbackEventInput } from "@heed/schema";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { getFeedbackSummary } from "../collect/get-feedback-summary.ts";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { collectRequests } from "./collect-requests.ts";
import { countRequests } from "./count-requests.ts";
import type { RequestQuery } from "./request-batch.ts";

let store: Store;
beforeEach(() => {
  store = memoryStore();
});

const day = (date: number): Date => new Date(Date.UTC(2026, 0, date));
const log = (requestId: string, date: number, fields: Partial<EvaluationRecordInput> = {}) =>
  recordEvaluation(store, { ...fields, requestId, timestamp: day(date) });
const thumb = (direction: "up" | "down", requestId: string, userId = "user-1") =>
  recordFeedback(store, { type: `explicit_thumbs_${direction}`, value: true, requestId, userId });

/** The columns turned into one object a request. */
const scan = async (query: RequestQuery = { scores: ["overall"] }) => {
  const columns = await collectRequests(store, query);
  return columns.requestIds.map((requestId, at) => ({
    requestId,
    timestamp: new Date(columns.timestampMs[at]!),
    score: columns.scores[0]?.[at],
    label: columns.labels[0]?.[at],
    humanScore: columns.humanScore[at]!,
    votes: columns.votes[at]!,
    exposed: columns.exposed[at]!,
    discarded: columns.discarded[at]!,
    eachVote: columns.eachVote[at]!,
  }));
};
const idsOf = async (query: RequestQuery) => (await scan(query)).map(({ requestId }) => requestId);

test("every logged request is there once, with its score and its standing votes", async () => {
  await log("req-1", 1, { evalScores: { overall: 0.9 } });
  await log("req-2", 2, { evalScores: { style: 0.1 } });
  await log("req-3", 3);
  await thumb("up", "req-1");
  await recordFeedback(store, { type: "explicit_rating", value: 2, requestId: "req-1", userId: "user-1" });
  await thumb("down", "req-2", "user-2");
  await recordFeedback(store, { type: "implicit_usage", value: "copied", requestId: "req-3" });

  await recordFeedback(store, { type: "implicit_discard", value: "regenerated", requestId: "req-3" });
  await recordFeedback(store, {
    type: "implicit_exposure",
    value: { visibleMs: 900, activeMs: 0 },
    requestId: "req-2",
  });

  const common = { label: undefined, exposed: 0, discarded: 0, eachVote: [] };
  const none = { ...common, humanScore: Number.NaN, votes: 0 };
  expect(await scan()).toEqual([
    { ...common, requestId: "req-1", timestamp: day(1), score: 0.9, humanScore: 3.5, votes: 2 },
    {
      ...common,
      requestId: "req-2",
      timestamp: day(2),
      score: Number.NaN,
      humanScore: 1,
      votes: 1,
      exposed: 1,
    },
    { ...none, requestId: "req-3", timestamp: day(3), score: Number.NaN, discarded: 1 },
  ]);
  expect((await scan({ scores: ["style"] })).map(({ score }) => score)).toEqual([
    Number.NaN,
    0.1,
    Number.NaN,
  ]);
});

test("each vote is there where it is asked for, and only voted requests where only those are", async () => {
  await log("req-1", 1);
  await log("req-2", 1);
  await thumb("up", "req-1", "user-1");
  await recordFeedback(store, {
    type: "explicit_rating",
    value: 2,
    requestId: "req-1",
    metadata: { userCohort: "new" },
    timestamp: new Date(Date.now() + 1_000),
  });
  expect(await scan({ votedOnly: true, eachVote: true })).toMatchObject([
    {
      requestId: "req-1",
      eachVote: [
        { kind: "thumb", score: 5, userId: "user-1" },
        { kind: "rating", score: 2, metadata: { userCohort: "new" } },
      ],
    },
  ]);
});

test("an empty store gives empty columns", async () => {
  expect(await scan()).toEqual([]);
});

test("requests come in the order of their ids, however they were recorded", async () => {
  for (const requestId of ["b", "a", "B", "c"]) await log(requestId, 1);
  expect(await idsOf({})).toEqual(["B", "a", "b", "c"]);
});

test("a score named like something JavaScript has itself is missing where it was not given", async () => {
  await log("req-1", 1, { evalScores: { overall: 1 } });
  expect((await scan({ scores: ["toString"] }))[0]!.score).toBeNaN();
  expect((await scan({ labels: ["toString"] }))[0]!.label).toBeUndefined();
});

describe("a request is chosen by its own time", () => {
  test("since is inclusive and until exclusive", async () => {
    for (const date of [1, 2, 3]) await log(`req-${date}`, date);
    expect(await idsOf({ since: day(2) })).toEqual(["req-2", "req-3"]);
    expect(await idsOf({ until: day(2) })).toEqual(["req-1"]);
    expect(await idsOf({ since: day(2), until: day(3) })).toEqual(["req-2"]);
  });

  test("parts that were logged later stay with it, and bring no request in", async () => {
    await log("req-1", 1, { model: "small" });
    await log("req-1", 9, { evalScores: { overall: 0.4 } });
    expect(await scan({ scores: ["overall"], until: day(2) })).toMatchObject([
      { score: 0.4, timestamp: day(1) },
    ]);
    expect(await idsOf({ since: day(5) })).toEqual([]);
  });

  test("votes count whenever they came", async () => {
    await log("req-1", 1);
    await recordFeedback(store, {
      type: "explicit_thumbs_up",
      value: true,
      requestId: "req-1",
      timestamp: day(20),
    });
    expect((await scan({ until: day(2) }))[0]!.votes).toBe(1);
  });
});

describe("a request is labelled", () => {
  const labelOf = async (label: string, fields: Partial<EvaluationRecordInput>) => {
    await log("req-1", 1, fields);
    return (await scan({ labels: [label] }))[0]!.label;
  };

  test("by model and prompt version", async () => {
    expect(await labelOf("model", { model: "small", metadata: { model: "other" } })).toBe("small");
    expect(await labelOf("promptVersion", { promptVersion: "v2" })).toBe("v2");
  });

  test.each([
    ["text", "new", "new"],
    ["an empty text", "", ""],
    ["a number", 0, "0"],
    ["a boolean", false, "false"],
  ])("by a metadata value that is %s", async (_, value, label) => {
    expect(await labelOf("userCohort", { metadata: { userCohort: value } })).toBe(label);
  });

  test("and has none where the field is absent", async () => {
    expect(await labelOf("userCohort", { model: "small" })).toBeUndefined();
    expect(await labelOf("model", {})).toBe("small");
    expect((await scan())[0]!.label).toBeUndefined();
  });
});

test("requests with standing votes that were never logged come too, whatever the period, without a time", async () => {
  await log("req-1", 1);
  await thumb("up", "req-1");
  await thumb("up", "unknown-1");
  await thumb("up", "unknown-2");
  await recordFeedback(store, {
    type: "explicit_retraction",
    value: "thumb",
    requestId: "unknown-2",
    userId: "user-1",
    timestamp: new Date(Date.now() + 1_000),
  });
  await recordFeedback(store, { type: "implicit_usage", value: "copied", requestId: "unknown-3" });
  expect(await scan({ until: day(0) })).toMatchObject([
    { requestId: "unknown-1", timestamp: new Date(Number.NaN), votes: 1 },
  ]);
  expect(await countRequests(store, {})).toBe(1);
  expect(await countRequests(store, { until: day(1) })).toBe(0);
});

test("every request's human score is that of its summary, for any votes", async () => {
  const votes = fc.array(
    fc.record({
      requestId: fc.constantFrom("req-1", "req-2"),
      userId: fc.constantFrom("user-1", "user-2"),
      timestamp: fc.nat(3).map(day),
      saying: fc.constantFrom(
        { type: "explicit_thumbs_up", value: true },
        { type: "explicit_thumbs_down", value: true },
        { type: "explicit_rating", value: 3 },
        { type: "explicit_retraction", value: "thumb" },
      ),
    }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(votes, async (given) => {
      store = memoryStore();
      await log("req-1", 1);
      await log("req-2", 1);
      await recordFeedback(
        store,
        given.map(({ saying, ...common }) => ({ ...common, ...saying }) as FeedbackEventInput),
      );
      for (const { requestId, humanScore } of await scan())
        expect(humanScore).toBe((await getFeedbackSummary(store, requestId)).humanScore ?? Number.NaN);
    }),
    { numRuns: 60 },
  );
});
