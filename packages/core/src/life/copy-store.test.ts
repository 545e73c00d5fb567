import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { expect, test } from "vitest";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { copyStore } from "./copy-store.ts";

const idOf = (n: number): string => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const timestamp = new Date("2026-01-02T03:04:05.678Z");
const event = (n: number, userId = `user-${n % 7}`): FeedbackEvent => ({
  id: idOf(n),
  requestId: `req-${n}`,
  type: "explicit_rating",
  value: 1 + (n % 5),
  userId,
  timestamp,
});
const record = (n: number): EvaluationRecord => ({
  id: idOf(n),
  requestId: `req-${n}`,
  timestamp,
  evalScores: { overall: n / 10_000 },
});

const filled = async (events: number, records: number): Promise<Store> => {
  const store = memoryStore();
  await store.appendFeedback(Array.from({ length: events }, (_, n) => event(n)));
  await store.appendEvaluations(Array.from({ length: records }, (_, n) => record(n)));
  await store.appendChanges([{ id: idOf(1), change: "prompt v2", timestamp }]);
  return store;
};

const all = { limit: 100_000 };
const everything = async (store: Store) => [
  (await store.readFeedback({}, all)).items,
  (await store.readEvaluations({}, all)).items,
  (await store.readChanges({}, all)).items,
];

test("a copy has everything, with the same count and digest", async () => {
  const [from, to] = [await filled(2_500, 1_200), memoryStore()];
  const { feedback, evaluations, changes, verified } = await copyStore(from, to);
  expect(verified).toBe(true);
  expect(feedback).toMatchObject({
    count: 2_500,
    copied: 2_500,
    missing: 0,
    different: 0,
    extra: 0,
    erased: 0,
  });
  expect(feedback.targetDigest).toBe(feedback.digest);
  expect([evaluations.copied, changes.copied]).toEqual([1_200, 1]);
  expect(await everything(to)).toEqual(await everything(from));
});

test("a copy that was stopped goes on where it was", async () => {
  const [from, to] = [await filled(5_000, 10), memoryStore()];
  const stop = new AbortController();
  const stopped = copyStore(from, to, {
    signal: stop.signal,
    onProgress: (items) => items >= 2_000 && stop.abort(new Error("enough")),
  });
  await expect(stopped).rejects.toThrow("enough");
  const { length } = (await everything(to))[0]!;
  expect([length >= 2_000, length < 5_000]).toEqual([true, true]);
  const { feedback, verified } = await copyStore(from, to);
  expect([feedback.copied, verified]).toEqual([5_000 - length, true]);
  expect((await copyStore(from, to)).feedback).toMatchObject({ copied: 0, verified: true });
});

test("what only the target has is counted, and in nobody's way", async () => {
  const [from, to] = [await filled(100, 1), memoryStore()];
  await to.appendFeedback([event(50_000), event(3)]);
  expect(await copyStore(from, to)).toMatchObject({
    verified: true,
    feedback: { count: 100, copied: 99, extra: 1, missing: 0 },
  });
});

test("an id that is something else in the target is not overwritten, and the copy says that it differs", async () => {
  const [from, to] = [await filled(10, 1), memoryStore()];
  await to.appendFeedback([event(4, "somebody else")]);
  const { verified, feedback, evaluations } = await copyStore(from, to);
  expect(verified).toBe(false);
  expect(feedback).toMatchObject({ verified: false, different: 1, copied: 9 });
  expect(feedback.targetDigest).not.toBe(feedback.digest);
  expect(evaluations.verified).toBe(true);
});

test("users who were erased on either side are refused by the target, and miss from no copy", async () => {
  const [from, to] = [await filled(70, 1), memoryStore()];
  await from.eraseUser("user-1");
  await to.eraseUser("user-2");
  const { verified, feedback } = await copyStore(from, to);
  expect(verified).toBe(true);
  expect(feedback).toMatchObject({ count: 60, copied: 50, erased: 10, missing: 0 });
  expect(await to.appendFeedback([event(1)])).toEqual(["erased"]);
});

test("what a target loses is told of as missing", async () => {
  const from = await filled(20, 1);
  const to = memoryStore();
  const forgetful: Store = { ...to, appendFeedback: (items) => to.appendFeedback(items.slice(1)) };
  expect(await copyStore(from, forgetful)).toMatchObject({ verified: false, feedback: { missing: 1 } });
});

test("two empty stores are copies of each other", async () => {
  expect(await copyStore(memoryStore(), memoryStore())).toMatchObject({
    verified: true,
    feedback: { count: 0, copied: 0 },
  });
});
