import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { expect, test } from "vitest";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { exportUser } from "./export-user.ts";

const idOf = (n: number): string => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const timestamp = new Date("2026-01-02T03:04:05.678Z");
const event = (n: number, userId: string, requestId = `req-${n}`): FeedbackEvent => ({
  id: idOf(n),
  requestId,
  type: "explicit_text_comment",
  value: `comment ${n}`,
  userId,
  timestamp,
});
const record = (n: number, requestId: string): EvaluationRecord => ({
  id: idOf(n),
  requestId,
  timestamp,
  prompt: `prompt ${n}`,
  evalScores: { overall: 0.5 },
});

const filled = async () => {
  const store = memoryStore();
  await store.appendFeedback([event(3, "one"), event(1, "one"), event(2, "other", "req-1"), event(4, "")]);
  await store.appendEvaluations([record(2, "req-1"), record(1, "req-2"), record(3, "req-1")]);
  return store;
};

test("an export is all events of the user, and all records of their requests, and nothing of others", async () => {
  const store = await filled();
  expect(
    await Array.fromAsync(exportUser(store, "one", { requestIds: ["req-1", "unknown", "req-1"] })),
  ).toEqual([
    { kind: "feedback", ...event(1, "one") },
    { kind: "feedback", ...event(3, "one") },
    { kind: "evaluation", ...record(2, "req-1") },
    { kind: "evaluation", ...record(3, "req-1") },
  ]);
  expect(await Array.fromAsync(exportUser(store, "one"))).toHaveLength(2);
  expect(await Array.fromAsync(exportUser(store, "nobody"))).toEqual([]);
});

test("an export goes on beyond one page of events and one batch of requests", async () => {
  const store = memoryStore();
  await store.appendFeedback(Array.from({ length: 5_001 }, (_, n) => event(n, "one")));
  const records = Array.from({ length: 1_201 }, (_, n) => record(n, `req-${n}`));
  await store.appendEvaluations(records);
  const requestIds = records.map(({ requestId }) => requestId);
  expect(await Array.fromAsync(exportUser(store, "one", { requestIds }))).toHaveLength(5_001 + 1_201);
});

test("a user id that is no well-formed text finds what was recorded under it", async () => {
  const store = memoryStore();
  await recordFeedback(store, { ...event(1, "one\uD800"), userId: "one\uD800" });
  expect(await Array.fromAsync(exportUser(store, "one\uD800"))).toHaveLength(1);
});

test("an empty user id, none at all, and request ids that are no list are refused", async () => {
  const store = await filled();
  for (const userId of ["", undefined as unknown as string, 7 as unknown as string])
    await expect(exportUser(store, userId).next()).rejects.toMatchObject({ code: "INVALID_QUERY" });
  const requestIds = "req-1" as unknown as string[];
  await expect(exportUser(store, "one", { requestIds }).next()).rejects.toMatchObject({
    code: "INVALID_QUERY",
  });
});
