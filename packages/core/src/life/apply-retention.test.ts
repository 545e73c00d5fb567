import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryStore } from "../memory-store.ts";
import { momentsOfSums } from "../stats/moment-sums.ts";
import type { Store } from "../store.ts";
import { applyRetention } from "./apply-retention.ts";
import type { DailyAggregate } from "./daily-aggregates.ts";

const idOf = (n: number): string => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const event = (n: number, requestId: string, time: string | Date, fields: object = {}): FeedbackEvent =>
  ({
    id: idOf(n),
    requestId,
    type: "explicit_rating",
    value: 4,
    timestamp: new Date(time),
    ...fields,
  }) as FeedbackEvent;
const record = (
  n: number,
  requestId: string,
  time: string | Date,
  fields: object = {},
): EvaluationRecord => ({
  id: idOf(n),
  requestId,
  timestamp: new Date(time),
  ...fields,
});

const all = { limit: 100_000 };
const everything = async (store: Store) => ({
  events: (await store.readFeedback({}, all)).items,
  records: (await store.readEvaluations({}, all)).items,
});
const storeOf = async (records: readonly EvaluationRecord[], events: readonly FeedbackEvent[]) => {
  const store = memoryStore();
  await store.appendEvaluations(records);
  await store.appendFeedback(events);
  return store;
};
const requestsIn = async (store: Store) => {
  const { events, records } = await everything(store);
  return [...new Set([...records, ...events].map(({ requestId }) => requestId))].sort();
};

const now = () => new Date("2026-03-31T15:00:00.000Z");
const thirtyDays = { olderThanDays: 30, now };
/** The first moment that is kept, and the one before it. */
const limit = new Date("2026-03-01T00:00:00.000Z");
const young = limit;
const old = new Date(limit.getTime() - 1);

describe("requests before the limit", () => {
  test("go whole, with parts and votes that came later, and younger ones stay whole", async () => {
    const store = await storeOf(
      [
        record(1, "old", old),
        record(2, "old", young),
        record(3, "young", young),
        record(4, "young", "2026-03-30"),
        record(5, "silent", old),
      ],
      [
        event(1, "old", young),
        event(2, "old", old),
        // By a clock that was slow.
        event(3, "young", old),
        event(4, "young", young),
      ],
    );
    expect(await applyRetention(store, thirtyDays)).toEqual({
      limit,
      requestsRemoved: 2,
      evaluationsRemoved: 3,
      feedbackRemoved: 2,
      aggregatesKept: 0,
    });
    const { events, records } = await everything(store);
    expect(records.map(({ id }) => id)).toEqual([idOf(3), idOf(4)]);
    expect(events.map(({ id }) => id)).toEqual([idOf(3), idOf(4)]);
  });

  test("that were never logged happened before their first event", async () => {
    const store = await storeOf(
      [record(9, "logged", young)],
      [event(1, "lost", old), event(2, "lost", young), event(3, "new", young), event(4, "logged", old)],
    );
    expect(await applyRetention(store, thirtyDays)).toMatchObject({
      requestsRemoved: 1,
      evaluationsRemoved: 0,
      feedbackRemoved: 2,
    });
    expect(await requestsIn(store)).toEqual(["logged", "new"]);
  });

  test("leave no half of any request, and a dry run counts what goes", async () => {
    const times = fc
      .integer({ min: -5, max: 5 })
      .map((days) => new Date(limit.getTime() + days * 40_000_000));
    const items = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), times), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(items, items, async (parts, votes) => {
        const records = parts.map(([request, time], at) => record(at, `req-${request}`, time));
        const events = votes.map(([request, time], at) => event(at, `req-${request}`, time));
        const firstOf = (own: readonly { requestId: string; timestamp: Date }[], requestId: string) =>
          own.filter((item) => item.requestId === requestId).map(({ timestamp }) => timestamp.getTime());
        const isOld = ({ requestId }: { requestId: string }): boolean => {
          const logged = firstOf(records, requestId);
          return Math.min(...(logged.length > 0 ? logged : firstOf(events, requestId))) < limit.getTime();
        };

        const store = await storeOf(records, events);
        const before = await everything(store);
        const counted = await applyRetention(store, { ...thirtyDays, dryRun: true });
        expect(await everything(store)).toEqual(before);

        const receipt = await applyRetention(store, thirtyDays);
        expect(receipt).toEqual(counted);
        expect(receipt).toEqual({
          limit,
          requestsRemoved: new Set([...records, ...events].filter(isOld).map(({ requestId }) => requestId))
            .size,
          evaluationsRemoved: records.filter(isOld).length,
          feedbackRemoved: events.filter(isOld).length,
          aggregatesKept: 0,
        });
        expect(await everything(store)).toEqual({
          events: before.events.filter((item) => !isOld(item)),
          records: before.records.filter((item) => !isOld(item)),
        });
        expect(await applyRetention(store, thirtyDays)).toMatchObject({ requestsRemoved: 0 });
      }),
    );
  });

  test("go in batches, in which each counts once however far its parts lie apart", async () => {
    const parts = Array.from({ length: 3_000 }, (_, at) => record(at, `req-${at % 1_300}`, old));
    const votes = Array.from({ length: 1_600 }, (_, at) => event(at, `req-${at % 1_500}`, old));
    const store = await storeOf(parts, votes);
    const expected = { requestsRemoved: 1_500, evaluationsRemoved: 3_000, feedbackRemoved: 1_600 };
    expect(await applyRetention(store, { ...thirtyDays, dryRun: true })).toMatchObject(expected);
    const steps: number[] = [];
    const onProgress = ({ requestsRemoved }: { requestsRemoved: number }) => steps.push(requestsRemoved);
    expect(await applyRetention(store, { ...thirtyDays, onProgress })).toMatchObject(expected);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(1_500);
    expect(await requestsIn(store)).toEqual([]);
  });

  test("leave the changes of the product where they are", async () => {
    const store = await storeOf([record(1, "old", old)], []);
    await store.appendChanges([{ id: idOf(1), change: "prompt v2", timestamp: old }]);
    await applyRetention(store, thirtyDays);
    expect((await store.readChanges({}, all)).items).toHaveLength(1);
  });
});

describe("the limit", () => {
  test.each([
    [0, "2026-03-31T00:00:00.000Z"],
    [1, "2026-03-30T00:00:00.000Z"],
    [90, "2025-12-31T00:00:00.000Z"],
  ])("of %i days is the first moment of a day", async (olderThanDays, first) => {
    const { limit: found } = await applyRetention(memoryStore(), { olderThanDays, now });
    expect(found.toISOString()).toBe(first);
  });

  test("of less than none, of half a day, of no number, or by no clock is refused", async () => {
    for (const olderThanDays of [
      -1,
      0.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      100_001,
      "30" as unknown as number,
    ])
      await expect(applyRetention(memoryStore(), { olderThanDays, now })).rejects.toMatchObject({
        code: "INVALID_QUERY",
      });
    const noTime = () => new Date(Number.NaN);
    await expect(applyRetention(memoryStore(), { olderThanDays: 1, now: noTime })).rejects.toMatchObject({
      code: "INVALID_QUERY",
    });
  });
});

describe("a run that is stopped", () => {
  test("stops between two batches, and the next goes on", async () => {
    const parts = Array.from({ length: 1_200 }, (_, at) => record(at, `req-${at}`, old));
    const store = await storeOf(parts, []);
    const stop = new AbortController();
    const options = { ...thirtyDays, signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) };
    await expect(applyRetention(store, options)).rejects.toThrow("enough");
    const left = await requestsIn(store);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(1_200);
    expect(await applyRetention(store, thirtyDays)).toMatchObject({ requestsRemoved: left.length });
  });

  test("before it began saves and removes nothing", async () => {
    const store = await storeOf([record(1, "old", old)], []);
    const saved: unknown[] = [];
    const save = async (days: unknown) => void saved.push(days);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(applyRetention(store, { ...thirtyDays, signal, keepAggregates: { save } })).rejects.toThrow(
      "enough",
    );
    expect(saved).toEqual([]);
    expect(await requestsIn(store)).toEqual(["old"]);
  });
});

describe("aggregates", () => {
  const history = () =>
    storeOf(
      [
        record(1, "a", "2025-12-31T23:59:59.999Z", {
          evalScores: { overall: 0.2, other: 9 },
          model: "small",
        }),
        record(2, "b", "2026-01-01T00:00:00.000Z", { evalScores: { overall: 0.4 }, model: "small" }),
        record(3, "c", "2026-01-01T12:00:00.000Z", { evalScores: { overall: 0.8 }, model: "small" }),
        record(4, "d", "2026-01-01T23:00:00.000Z", { model: "large" }),
        record(5, "e", "2026-01-01T23:00:00.000Z"),
        record(6, "young", young, { evalScores: { overall: 1 }, model: "small" }),
      ],
      [
        event(1, "b", "2026-01-01T01:00:00.000Z", { value: 5 }),
        event(2, "c", "2026-03-30T00:00:00.000Z", { value: 2 }),
        event(3, "never", "2026-01-01T01:00:00.000Z"),
        event(4, "young", young),
      ],
    );

  const saving = () => {
    const saved: DailyAggregate[] = [];
    return { saved, save: async (days: readonly DailyAggregate[]) => void saved.push(...days) };
  };

  test("are sums by day and label of the requests that go, and of none that stay", async () => {
    const store = await history();
    const { saved, save } = saving();
    const receipt = await applyRetention(store, { ...thirtyDays, keepAggregates: { save, by: ["model"] } });
    expect(receipt).toMatchObject({ requestsRemoved: 6, aggregatesKept: 4 });
    expect(
      saved.map(({ day, labels, logged, voted, liked, disliked, score, both }) => ({
        day: day.toISOString().slice(0, 10),
        labels,
        logged,
        voted,
        liked,
        disliked,
        mean: momentsOfSums(score).mean,
        pairs: both.n,
      })),
    ).toEqual([
      {
        day: "2025-12-31",
        labels: ["small"],
        logged: 1,
        voted: 0,
        liked: 0,
        disliked: 0,
        mean: 0.2,
        pairs: 0,
      },
      {
        day: "2026-01-01",
        labels: ["large"],
        logged: 1,
        voted: 0,
        liked: 0,
        disliked: 0,
        mean: null,
        pairs: 0,
      },
      {
        day: "2026-01-01",
        labels: ["small"],
        logged: 2,
        voted: 2,
        liked: 1,
        disliked: 1,
        mean: expect.closeTo(0.6),
        pairs: 2,
      },
      {
        day: "2026-01-01",
        labels: [undefined],
        logged: 1,
        voted: 0,
        liked: 0,
        disliked: 0,
        mean: null,
        pairs: 0,
      },
    ]);
    expect(await requestsIn(store)).toEqual(["young"]);
  });

  test("are of another score, and of all labels together, where that is asked for", async () => {
    const { saved, save } = saving();
    await applyRetention(await history(), { ...thirtyDays, keepAggregates: { save, score: "other" } });
    expect(saved.map(({ labels, logged, score }) => ({ labels, logged, n: score.n }))).toEqual([
      { labels: [], logged: 1, n: 1 },
      { labels: [], logged: 4, n: 0 },
    ]);
  });

  test("are saved before anything is removed, and nothing is when that fails", async () => {
    const store = await history();
    const before = await everything(store);
    const save = async () => {
      expect(await everything(store)).toEqual(before);
      throw new Error("no space");
    };
    await expect(applyRetention(store, { ...thirtyDays, keepAggregates: { save } })).rejects.toThrow(
      "no space",
    );
    expect(await everything(store)).toEqual(before);
  });

  test("are not saved by a dry run, nor where nothing goes", async () => {
    const { saved, save } = saving();
    const keepAggregates = { save };
    await applyRetention(await history(), { ...thirtyDays, dryRun: true, keepAggregates });
    await applyRetention(await history(), { olderThanDays: 500, now, keepAggregates });
    expect(saved).toEqual([]);
  });

  test("by something else than a list of labels are refused, and nothing is removed", async () => {
    const store = await history();
    const keepAggregates = { ...saving(), by: "model" as unknown as string[] };
    await expect(applyRetention(store, { ...thirtyDays, keepAggregates })).rejects.toMatchObject({
      code: "INVALID_QUERY",
    });
    expect(await requestsIn(store)).toHaveLength(7);
  });
});
