import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { batchSize } from "../requests/derive-requests.ts";
import { findScoreNames } from "./find-score-names.ts";

const day = (date: number): Date => new Date(Date.UTC(2026, 0, date));

test("names are those of voted requests of the period, from all their records, each once and sorted", async () => {
  const store = memoryStore();
  await recordEvaluation(store, [
    { requestId: "voted", timestamp: day(1), evalScores: { tone: 1, overall: 1 } },
    // Logged after the period, of a request from within it.
    { requestId: "voted", timestamp: day(9), evalScores: { audit: 1, overall: 0 } },
    { requestId: "silent", timestamp: day(1), evalScores: { unheard: 1 } },
    { requestId: "late", timestamp: day(6), evalScores: { later: 1 } },
    { requestId: "unscored", timestamp: day(1) },
  ]);
  await recordFeedback(
    store,
    ["voted", "late", "unscored", "never logged"].map((requestId) => ({
      type: "explicit_rating" as const,
      value: 4,
      requestId,
    })),
  );
  expect(await findScoreNames(store, { until: day(5) })).toEqual(["audit", "overall", "tone"]);
  expect(await findScoreNames(store, { since: day(5) })).toEqual(["later"]);
  expect(await findScoreNames(memoryStore(), {})).toEqual([]);
});

test("a name in any batch is found", async () => {
  const store = memoryStore();
  const requestIds = Array.from({ length: batchSize + 1 }, (_, at) => `req-${String(at).padStart(5, "0")}`);
  await recordEvaluation(
    store,
    requestIds.map((requestId, at) => ({
      requestId,
      evalScores: { [at < batchSize ? "first" : "last"]: 1 },
    })),
  );
  await recordFeedback(
    store,
    requestIds.map((requestId) => ({ type: "explicit_rating" as const, value: 4, requestId })),
  );
  expect(await findScoreNames(store, {})).toEqual(["first", "last"]);
});
