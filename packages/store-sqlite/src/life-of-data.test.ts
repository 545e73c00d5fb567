import { DatabaseSync } from "node:sqlite";
import {
  applyRetention,
  correlateFeedbackWithMetrics,
  type DailyAggregate,
  eraseUser,
  exportUser,
  memoryStore,
  recordFeedback,
  type Store,
} from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sqliteStore } from "./sqlite-store.ts";

const idOf = (n: number): string => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const limit = new Date("2026-03-01T00:00:00.000Z");
const now = () => new Date("2026-03-31T15:00:00.000Z");

const times = fc.integer({ min: -6, max: 6 }).map((steps) => new Date(limit.getTime() + steps * 30_000_000));
const requests = fc.integer({ min: 0, max: 15 }).map((n) => `req-${n}`);
const records: fc.Arbitrary<EvaluationRecord[]> = fc
  .array(fc.tuple(requests, times, fc.integer({ min: 0, max: 10 }), fc.constantFrom("small", "large")), {
    maxLength: 40,
  })
  .map((parts) =>
    parts.map(([requestId, timestamp, score, model], at) => ({
      id: idOf(at),
      requestId,
      timestamp,
      evalScores: { overall: score / 10 },
      model,
    })),
  );
const events: fc.Arbitrary<FeedbackEvent[]> = fc
  .array(fc.tuple(requests, times, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 })), {
    maxLength: 60,
  })
  .map((votes) =>
    votes.map(([requestId, timestamp, value, user], at) => ({
      id: idOf(at),
      requestId,
      timestamp,
      type: "explicit_rating",
      value,
      userId: `user-${user}`,
    })),
  );

const all = { limit: 10_000 };

/** Everything that may happen to data, with all the answers on the way. */
const live = async (store: Store, given: readonly EvaluationRecord[], said: readonly FeedbackEvent[]) => {
  await store.appendEvaluations(given);
  await store.appendFeedback(said);
  // So that requests are folded, and have to be folded anew.
  await correlateFeedbackWithMetrics(store);
  const requestIds = ["req-1", "req-2"];
  const exported = await Array.fromAsync(exportUser(store, "user-1", { requestIds }));
  const receipt = await eraseUser(store, "user-1", { requestIds, now });
  const again = await eraseUser(store, "user-1", { requestIds, now });
  const late = await recordFeedback(store, said);
  const counted = await applyRetention(store, { olderThanDays: 30, now, dryRun: true });
  const saved: DailyAggregate[] = [];
  const save = async (days: readonly DailyAggregate[]) => void saved.push(...days);
  const retained = await applyRetention(store, {
    olderThanDays: 30,
    now,
    keepAggregates: { save, by: ["model"] },
  });
  return {
    answers: { exported, receipt, again, late, counted, retained },
    saved,
    left: {
      events: (await store.readFeedback({}, all)).items,
      records: (await store.readEvaluations({}, all)).items,
      analysis: await correlateFeedbackWithMetrics(store),
    },
  };
};

test("an SQLite store and a memory store export, erase and retain alike", async () => {
  await fc.assert(
    fc.asyncProperty(records, events, async (given, said) => {
      const database = new DatabaseSync(":memory:");
      const store = sqliteStore(database);
      await store.setup();
      const [found, expected] = [await live(store, given, said), await live(memoryStore(), given, said)];
      expect(found.answers).toEqual(expected.answers);
      expect(found.left).toEqual(expected.left);
      expect(found.saved).toEqual(expected.saved.map(closely));
      expect(found.answers.counted).toEqual({ ...found.answers.retained, aggregatesKept: 0 });
      database.close();
    }),
    { numRuns: 60 },
  );
});

/** The same, but for the rounding of sums. */
const closely = (value: unknown): unknown => {
  if (typeof value === "number") return expect.closeTo(value, 9);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(closely);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closely(part)]));
};
