import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { beforeEach, expect, test } from "vitest";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { eraseUser } from "./erase-user.ts";
import { exportUser } from "./export-user.ts";
import { userDigest } from "./user-digest.ts";

const idOf = (n: number): string => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const timestamp = new Date("2026-01-02T03:04:05.678Z");
const event = (n: number, userId: string, requestId: string): FeedbackEvent => ({
  id: idOf(n),
  requestId,
  type: "explicit_rating",
  value: 4,
  userId,
  timestamp,
});
const record = (n: number, requestId: string): EvaluationRecord => ({ id: idOf(n), requestId, timestamp });

const all = { limit: 10_000 };
const idsOf = async (store: Store) => ({
  feedback: (await store.readFeedback({}, all)).items.map(({ id }) => id),
  evaluations: (await store.readEvaluations({}, all)).items.map(({ id }) => id),
});
const now = () => new Date("2026-03-01T00:00:00.000Z");

let store: Store;
beforeEach(async () => {
  store = memoryStore();
  await store.appendFeedback([
    event(1, "one", "req-1"),
    event(2, "other", "req-1"),
    event(3, "one", "req-2"),
  ]);
  await store.appendFeedback([event(4, "other", "req-2")]);
  await store.appendEvaluations([record(1, "req-1"), record(2, "req-2"), record(3, "req-1")]);
});

test("the events of a user go, whatever they are about, and nothing else", async () => {
  expect(await eraseUser(store, "one", { now })).toEqual({
    digest: userDigest("one"),
    feedbackRemoved: 2,
    evaluationsRemoved: 0,
    erasedAt: now(),
  });
  expect(await idsOf(store)).toEqual({
    feedback: [idOf(2), idOf(4)],
    evaluations: [idOf(1), idOf(2), idOf(3)],
  });
});

test("requests of the user go as a whole, with what others said about them", async () => {
  const receipt = await eraseUser(store, "one", { requestIds: ["req-1", "req-1", "unknown"], now });
  expect(receipt).toMatchObject({ feedbackRemoved: 3, evaluationsRemoved: 2 });
  expect(await idsOf(store)).toEqual({ feedback: [idOf(4)], evaluations: [idOf(2)] });
  expect(await Array.fromAsync(exportUser(store, "one", { requestIds: ["req-1"] }))).toEqual([]);
});

test("late retries are rejected, and others are not", async () => {
  await eraseUser(store, "one");
  const results = await recordFeedback(store, [
    event(1, "one", "req-1"),
    event(9, "one", "req-9"),
    event(2, "other", "req-1"),
  ]);
  expect(results).toMatchObject([
    { id: idOf(1), status: "rejected", code: "USER_ERASED" },
    { id: idOf(9), status: "rejected", code: "USER_ERASED" },
    { id: idOf(2), status: "duplicate" },
  ]);
  expect((await idsOf(store)).feedback).toEqual([idOf(2), idOf(4)]);
});

test("to erase a user again finds nothing, and gives the same digest", async () => {
  const { digest } = await eraseUser(store, "one");
  expect(await eraseUser(store, "one")).toMatchObject({ digest, feedbackRemoved: 0, evaluationsRemoved: 0 });
});

test("the receipt has no text of the user in it", async () => {
  const receipt = await eraseUser(store, "one@example.com", { requestIds: ["req-1"] });
  expect(JSON.stringify(receipt)).not.toMatch(/one|req-1/);
  expect(Object.keys(receipt)).toEqual(["digest", "feedbackRemoved", "evaluationsRemoved", "erasedAt"]);
});

test("a user id is erased as it was recorded, where it is no well-formed text", async () => {
  const userId = "one\uD800";
  await recordFeedback(store, { ...event(9, userId, "req-9"), userId });
  expect(await eraseUser(store, userId)).toMatchObject({ feedbackRemoved: 1 });
  expect(await recordFeedback(store, { ...event(9, userId, "req-9"), userId })).toMatchObject({
    status: "rejected",
  });
});

test("an empty user id, none at all, and request ids that are no list are refused, and nothing is removed", async () => {
  const refused = { code: "INVALID_QUERY" };
  for (const userId of ["", undefined as unknown as string])
    await expect(eraseUser(store, userId, { requestIds: ["req-1"] })).rejects.toMatchObject(refused);
  const requestIds = "req-1" as unknown as string[];
  await expect(eraseUser(store, "one", { requestIds })).rejects.toMatchObject(refused);
  expect((await idsOf(store)).feedback).toHaveLength(4);
});
