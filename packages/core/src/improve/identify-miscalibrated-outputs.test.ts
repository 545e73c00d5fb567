import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { batchSize } from "../requests/derive-requests.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import type { Store } from "../store.ts";
import { identifyMiscalibratedOutputs, type MiscalibratedOptions } from "./identify-miscalibrated-outputs.ts";

const rate = (store: Store, requestId: string, ...ratings: number[]) =>
  recordFeedback(
    store,
    ratings.map((value, user) => ({
      type: "explicit_rating" as const,
      value,
      requestId,
      userId: `user-${user}`,
    })),
  );
const log = (store: Store, requestId: string, overall: number) =>
  recordEvaluation(store, {
    requestId,
    prompt: `ask ${requestId}`,
    output: `say ${requestId}`,
    evalScores: { overall },
  });

test("a rating of one star is no praise, and a comment is no blame", async () => {
  const store = memoryStore();
  await log(store, "praised", 0.9);
  await rate(store, "praised", 1);
  await log(store, "commented", 0.9);
  await recordFeedback(store, {
    type: "explicit_text_comment",
    value: "just what I needed",
    requestId: "commented",
  });
  const answer = await identifyMiscalibratedOutputs(store);
  expect(answer).toMatchObject({ verdict: "found", n: 1, tooKind: 1, tooHarsh: 0, rate: 1 });
  if (answer.verdict === "found")
    expect(answer.outputs.map(({ requestId }) => requestId)).toEqual(["praised"]);
});

test("the surer both sides are, the further ahead: by votes, by their distance, and by the score's", async () => {
  const store = memoryStore();
  for (const [requestId, score, ...ratings] of [
    ["one vote", 0.95, 1],
    ["three votes", 0.95, 1, 1, 1],
    ["milder", 0.95, 2, 2, 2],
    ["nearer", 0.75, 1, 1, 1],
    ["agreed", 0.95, 5],
    ["neutral", 0.95, 3],
    ["split", 0.95, 1, 5],
  ] as const) {
    await log(store, requestId, score);
    await rate(store, requestId, ...ratings);
  }
  const answer = await identifyMiscalibratedOutputs(store);
  if (answer.verdict !== "found") throw new Error(answer.verdict);
  expect(answer.outputs.map(({ requestId }) => requestId)).toEqual([
    "three votes",
    "one vote",
    "milder",
    "nearer",
  ]);
  expect(answer).toMatchObject({ n: 5, tooKind: 4, rate: 0.8 });
  expect(await identifyMiscalibratedOutputs(store, { limit: 1 })).toMatchObject({
    tooKind: 4,
    outputs: [{}],
  });
});

test("comes with all that is needed to look into it, and names nobody", async () => {
  const store = memoryStore();
  await recordEvaluation(store, { requestId: "r", prompt: "How?", timestamp: new Date(0), model: "small" });
  await recordEvaluation(store, { requestId: "r", output: "So.", evalScores: { overall: 0.1, style: 0.4 } });
  await recordFeedback(store, [
    { type: "explicit_thumbs_up", value: true, requestId: "r", userId: "user-1", reasons: ["clear"] },
    { type: "explicit_text_comment", value: "lovely", requestId: "r", userId: "user-1" },
  ]);
  const answer = await identifyMiscalibratedOutputs(store, { direction: "evaluator_too_harsh" });
  if (answer.verdict !== "found") throw new Error(answer.verdict);
  expect(answer.outputs).toMatchObject([
    {
      requestId: "r",
      direction: "evaluator_too_harsh",
      prompt: "How?",
      output: "So.",
      model: "small",
      score: 0.1,
      humanScore: 5,
      evalScores: { overall: 0.1, style: 0.4 },
      votes: [{ kind: "thumb", score: 5, reasons: ["clear"] }],
      comments: ["lovely"],
    },
  ]);
  expect(JSON.stringify(answer)).not.toContain("user-1");
  expect(await identifyMiscalibratedOutputs(store, { direction: "evaluator_too_kind" })).toMatchObject({
    tooHarsh: 1,
    outputs: [],
  });
});

test("nothing to compare, and nothing that is opposite, are answers", async () => {
  const store = memoryStore();
  expect(await identifyMiscalibratedOutputs(store)).toMatchObject({
    verdict: "not_enough_data",
    needed: 1,
    have: 0,
  });
  await log(store, "r", 0.9);
  await rate(store, "r", 5);
  expect(await identifyMiscalibratedOutputs(store)).toMatchObject({
    verdict: "none_found",
    n: 1,
    rate: 0,
    outputs: [],
  });
});

test("options that mean nothing are refused", async () => {
  for (const options of [
    { limit: 0 },
    { evaluatorThreshold: 2 },
    { humanThreshold: 6 },
    { scoreRange: [1, 0] as const },
  ])
    await expect(identifyMiscalibratedOutputs(memoryStore(), options)).rejects.toMatchObject({
      code: "INVALID_QUERY",
    });
});

test("how sure both sides are is the share of the way each has gone, the humans' with one more vote at the threshold", async () => {
  const surenessOf = async (
    score: number,
    ratings: readonly number[],
    options: MiscalibratedOptions = {},
  ) => {
    const store = memoryStore();
    await log(store, "r", score);
    await rate(store, "r", ...ratings);
    const answer = await identifyMiscalibratedOutputs(store, options);
    return answer.verdict === "found" ? answer.outputs[0]!.sureness : answer.verdict;
  };
  expect(await surenessOf(0.85, [1, 1, 1])).toBeCloseTo((0.15 / 0.3) * (3 / 4), 12);
  expect(await surenessOf(0.35, [4])).toBeCloseTo(0.5 * 0.5 * 0.5, 12);
  // A score beyond its range is no surer than one at the end.
  expect(await surenessOf(7, [1])).toBe(0.5);
  // From a threshold at the end of a scale there is no way to go: who is there is there.
  expect(await surenessOf(1, [1], { evaluatorThreshold: 1 })).toBe(0.5);
  expect(await surenessOf(0.2, [3], { humanThreshold: 1 })).toBeCloseTo((0.5 / 0.7) * 0.5 * 0.5, 12);
  expect(await surenessOf(0.9, [5], { humanThreshold: 5 })).toBe("not_enough_data");
});

test("equally sure ones come in the order of their ids, from whichever batch, and the limit keeps the first", async () => {
  const store = memoryStore();
  const ids = Array.from({ length: batchSize + 3 }, (_, at) => `req-${String(at).padStart(5, "0")}`);
  await recordEvaluation(
    store,
    ids.map((requestId) => ({ requestId, evalScores: { overall: 0.9 } })),
  );
  // All as sure as the last, but for the first batch, which is less.
  await recordFeedback(
    store,
    ids.map((requestId, at) => ({
      type: "explicit_rating" as const,
      value: at < batchSize ? 2 : 1,
      requestId,
    })),
  );
  const answer = await identifyMiscalibratedOutputs(store, { limit: 5 });
  if (answer.verdict !== "found") throw new Error(answer.verdict);
  expect(answer.tooKind).toBe(ids.length);
  expect(answer.outputs.map(({ requestId }) => requestId)).toEqual([...ids.slice(-3), ...ids.slice(0, 2)]);
});

test("a comment that was taken back is not shown, and an output that was removed since the scan is left out", async () => {
  const store = memoryStore();
  for (const requestId of ["kept", "removed"]) {
    await log(store, requestId, 0.9);
    await rate(store, requestId, 1);
  }
  await recordFeedback(store, {
    type: "explicit_text_comment",
    value: "wrong",
    requestId: "kept",
    userId: "u",
  });
  await recordFeedback(store, {
    type: "explicit_retraction",
    value: "comment",
    requestId: "kept",
    userId: "u",
    timestamp: new Date(Date.now() + 1_000),
  });
  const removing: Store = {
    ...store,
    async *scanRequests(query) {
      yield* scanRequests(store, query);
      await store.removeEvaluations({ requestId: "removed" });
    },
  };
  expect(await identifyMiscalibratedOutputs(removing)).toMatchObject({
    tooKind: 2,
    outputs: [{ requestId: "kept", comments: [] }],
  });
});
