import fc from "fast-check";
import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { drawAuditSample } from "./draw-audit-sample.ts";

const day = (date: number): Date => new Date(Date.UTC(2026, 2, date));

const storeOf = async (requestIds: readonly string[], timestamp = day(1)): Promise<Store> => {
  const store = memoryStore();
  await recordEvaluation(
    store,
    requestIds.map((requestId) => ({ requestId, timestamp })),
  );
  return store;
};

const idsOf = (count: number) => Array.from({ length: count }, (_, at) => `req-${at}`);

const drawnIds = async (store: Store, n: number, seed = 1): Promise<readonly string[]> => {
  const sample = await drawAuditSample(store, { n, seed });
  return sample.verdict === "drawn" ? sample.requestIds : [];
};

test("it tells what was drawn, from how many, and by what chance", async () => {
  const sample = await drawAuditSample(await storeOf(idsOf(200)), { n: 50 });
  expect(sample).toMatchObject({ verdict: "drawn", population: 200, inclusionProbability: 0.25, seed: 1 });
  if (sample.verdict !== "drawn") return;
  expect(sample.requestIds.length).toBe(50);
  expect(new Set(sample.requestIds).size).toBe(50);
  expect(sample.requestIds).toEqual([...sample.requestIds].sort());
});

test("the same set of requests gives the same sample, recorded in any order and any number of times", async () => {
  const ids = idsOf(60);
  const expected = await drawnIds(await storeOf(ids), 10);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(ids, { minLength: 60 }), fc.subarray(ids), async (order, again) => {
      const store = await storeOf(order);
      await recordEvaluation(
        store,
        again.map((requestId) => ({ requestId, timestamp: day(2), evalScores: { audit: 1 } })),
      );
      expect(await drawnIds(store, 10)).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

test("a larger sample keeps a smaller one, and another seed draws another", async () => {
  const store = await storeOf(idsOf(300));
  const small = await drawnIds(store, 40);
  expect(await drawnIds(store, 90)).toEqual(expect.arrayContaining([...small]));
  expect(await drawnIds(store, 40, 2)).not.toEqual(small);
});

test("over seeds, every request is drawn as often as every other", async () => {
  const store = await storeOf(idsOf(20));
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 1_000; seed++)
    for (const id of await drawnIds(store, 5, seed)) counts.set(id, (counts.get(id) ?? 0) + 1);
  // 250 each; the sum of squares over 250 * 0.75 is chi-square with 19 degrees of freedom, below 43.8 in 999 of 1,000
  const off = idsOf(20).reduce((sum, id) => sum + ((counts.get(id) ?? 0) - 250) ** 2, 0);
  expect((off / (250 * 0.75)) * (19 / 20)).toBeLessThan(43.8);
});

test("where there are no more than wanted, all are drawn; where there are none, it says so", async () => {
  const sample = await drawAuditSample(await storeOf(idsOf(3)), { n: 9 });
  expect(sample).toMatchObject({ requestIds: ["req-0", "req-1", "req-2"], inclusionProbability: 1 });
  expect(await drawAuditSample(memoryStore(), { n: 9 })).toEqual({
    verdict: "not_enough_data",
    seed: 1,
    needed: 1,
    have: 0,
  });
});

test("it draws from the logged requests of the period, voted on or not", async () => {
  const store = await storeOf(["a", "b"]);
  await recordEvaluation(store, { requestId: "late", timestamp: day(9) });
  await recordFeedback(store, [
    { type: "explicit_thumbs_up", value: true, requestId: "a" },
    { type: "explicit_thumbs_up", value: true, requestId: "never logged" },
  ]);
  const sample = await drawAuditSample(store, { n: 9, until: day(5) });
  expect(sample).toMatchObject({ requestIds: ["a", "b"], population: 2 });
});

test("sizes and seeds that are none are refused", async () => {
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  const store = memoryStore();
  for (const n of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
    await expect(drawAuditSample(store, { n })).rejects.toThrow(refused);
  await expect(drawAuditSample(store, { n: 1, seed: 0.5 })).rejects.toThrow(refused);
  await expect(drawAuditSample(store, { n: 1, since: day(2), until: day(1) })).rejects.toThrow(refused);
});
