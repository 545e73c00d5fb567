import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  type ChangeFilter,
  type EvaluationFilter,
  type FeedbackFilter,
  isHeedError,
  memoryStore,
  type Page,
  type PageRequest,
  type Store,
} from "@heed/core";
import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { sqliteStore } from "@heed/store-sqlite";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  arbitraryEvaluationFilters,
  arbitraryEvents,
  arbitraryFeedbackFilters,
  arbitraryRecords,
  awkwardTexts,
  idOf,
} from "./arbitrary-records.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-store-laws-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
const engines: [string, () => Store][] = [
  ["memoryStore()", memoryStore],
  ["sqliteStore(path)", () => sqliteStore(join(folder, `${++files}.db`))],
  ["sqliteStore(database)", () => sqliteStore(new DatabaseSync(":memory:"))],
];

const day = (date: number): Date => new Date(Date.UTC(2026, 0, date));
const event = (n: number, fields: object = {}): FeedbackEvent =>
  ({
    id: idOf(n),
    requestId: "req-1",
    type: "explicit_thumbs_up",
    value: true,
    timestamp: day(1),
    ...fields,
  }) as FeedbackEvent;
const record = (n: number, fields: object = {}): EvaluationRecord => ({
  id: idOf(n),
  requestId: "req-1",
  timestamp: day(1),
  ...fields,
});

const readPages = async <Filter, Item extends { readonly id: string }>(
  read: (filter: Filter, page: PageRequest) => Promise<Page<Item>>,
  filter: Filter,
  limit = 1_000,
): Promise<Item[]> => {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await read(filter, { after, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    if (page.next !== undefined) expect(page.next).toBe(page.items.at(-1)?.id);
    for (const { id } of page.items) expect(id > (after ?? "")).toBe(true);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
};

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

/** The meaning of a filter, in plain words. */
const matches = (filter: FeedbackFilter) => (item: FeedbackEvent | EvaluationRecord) =>
  (filter.requestId === undefined || [filter.requestId].flat().includes(item.requestId)) &&
  (filter.since === undefined || item.timestamp.getTime() >= filter.since.getTime()) &&
  (filter.until === undefined || item.timestamp.getTime() < filter.until.getTime()) &&
  (filter.userId === undefined || ("userId" in item && item.userId === filter.userId)) &&
  (filter.types === undefined || ("type" in item && filter.types.includes(item.type)));

describe.each(engines)("%s", (_, makeStore) => {
  const opened: Store[] = [];
  const openStore = async (): Promise<Store> => {
    const store = makeStore();
    await store.setup?.();
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });

  let store: Store;
  beforeEach(async () => {
    store = await openStore();
  });

  const feedback = (filter: FeedbackFilter = {}, limit?: number, from = store) =>
    readPages((filter, page) => from.readFeedback(filter, page), filter, limit);
  const evaluations = (filter: EvaluationFilter = {}, limit?: number, from = store) =>
    readPages((filter, page) => from.readEvaluations(filter, page), filter, limit);

  /** Generated data meets an empty store each time. */
  const empty = async () => {
    await store.removeFeedback({});
    await store.removeEvaluations({});
  };

  test("appending an item twice stores it once", async () => {
    expect(await store.appendFeedback([event(1), event(2)])).toEqual(["stored", "stored"]);
    expect(await store.appendFeedback([event(2), event(3), event(3)])).toEqual([
      "duplicate",
      "stored",
      "duplicate",
    ]);
    expect(await feedback()).toEqual([event(1), event(2), event(3)]);
    expect(await store.appendEvaluations([record(1), record(1)])).toEqual(["stored", "duplicate"]);
    expect(await evaluations()).toEqual([record(1)]);
  });

  test("the same id with other content is a conflict, and the first write stands", async () => {
    await store.appendFeedback([event(1, { userId: "user-1" })]);
    for (const other of [
      { userId: "user-2" },
      {},
      { userId: "user-1", requestId: "req-2" },
      { timestamp: day(2) },
    ])
      expect(await store.appendFeedback([event(1, other)])).toEqual(["conflict"]);
    expect(await feedback()).toEqual([event(1, { userId: "user-1" })]);
    await store.appendEvaluations([record(1, { evalScores: { overall: 0.5 } })]);
    expect(await store.appendEvaluations([record(1, { evalScores: { overall: 0.6 } })])).toEqual([
      "conflict",
    ]);
  });

  test("changes are kept, read back, filtered by time and removed like everything else", async () => {
    const change = (n: number, fields: object = {}): ChangeRecord => ({
      id: idOf(n),
      change: "prompt v2",
      timestamp: day(n),
      ...fields,
    });
    const whole = change(2, {
      reason: "'; DROP TABLE changes; --",
      segment: { label: "topic", value: "refunds" },
      metadata: { by: "us" },
    });
    expect(await store.appendChanges([change(1), whole, change(3)])).toEqual(["stored", "stored", "stored"]);
    expect(await store.appendChanges([whole, change(3, { reason: "other" })])).toEqual([
      "duplicate",
      "conflict",
    ]);
    const changes = (filter: ChangeFilter) =>
      readPages((given, page) => store.readChanges(given, page), filter, 2);
    expect(await changes({})).toEqual([change(1), whole, change(3)]);
    expect(await changes({ since: day(2), until: day(3) })).toEqual([whole]);
    await expect(store.removeChanges({ since: undefined })).rejects.toMatchObject({ code: "INVALID_QUERY" });
    expect(await store.removeChanges({ until: day(3) })).toBe(2);
    expect(await changes({})).toEqual([change(3)]);
  });

  test("several request ids are one condition: any of them", async () => {
    await store.appendFeedback([1, 2, 3, 4].map((n) => event(n, { requestId: `req-${n}` })));
    await store.appendEvaluations([1, 2, 3, 4].map((n) => record(n, { requestId: `req-${n}` })));
    const requestId = ["req-4", "req-2", "req-2", "unknown"];
    expect((await feedback({ requestId }, 1)).map(({ id }) => id)).toEqual([idOf(2), idOf(4)]);
    expect((await evaluations({ requestId })).map(({ id }) => id)).toEqual([idOf(2), idOf(4)]);
    expect(await feedback({ requestId: [] })).toEqual([]);
    expect(await store.removeFeedback({ requestId: ["req-1", "req-3"] })).toBe(2);
    expect((await feedback()).map(({ id }) => id)).toEqual([idOf(2), idOf(4)]);
  });

  test("an event and a record may share an id", async () => {
    await store.appendFeedback([event(1)]);
    expect(await store.appendEvaluations([record(1)])).toEqual(["stored"]);
  });

  test("the order of keys and fields of undefined tell no two items apart", async () => {
    const first = event(1, { metadata: { a: 1, b: 2 }, userId: undefined });
    await store.appendFeedback([first]);
    const again = Object.fromEntries(Object.entries(event(1, { metadata: { b: 2, a: 1 } })).reverse());
    expect(await store.appendFeedback([again as FeedbackEvent])).toEqual(["duplicate"]);
    expect(await feedback()).toEqual([event(1, { metadata: { a: 1, b: 2 } })]);
  });

  test("what was appended is read back deeply equal, and is a duplicate of itself", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryEvents(10), arbitraryRecords(10), async (events, records) => {
        await empty();
        expect(await store.appendFeedback(events)).toEqual(events.map(() => "stored"));
        expect(await store.appendEvaluations(records)).toEqual(records.map(() => "stored"));
        expect(await feedback()).toStrictEqual(events.toSorted(byId));
        expect(await evaluations()).toStrictEqual(records.toSorted(byId));
        expect(await store.appendFeedback(events)).toEqual(events.map(() => "duplicate"));
        expect(await store.appendEvaluations(records)).toEqual(records.map(() => "duplicate"));
      }),
      { numRuns: 25 },
    );
  });

  test("pages neither skip nor repeat, whatever order the items arrived in", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryEvents(15),
        arbitraryFeedbackFilters,
        fc.integer({ min: 1, max: 6 }),
        async (events, filter, limit) => {
          await empty();
          for (const batch of [events.slice(0, 5), events.slice(5)]) await store.appendFeedback(batch);
          const found = await feedback(filter, limit);
          expect(found).toEqual(events.filter(matches(filter)).sort(byId));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("conditions on records combine in the same way", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecords(15),
        arbitraryEvaluationFilters,
        fc.integer({ min: 1, max: 6 }),
        async (records, filter, limit) => {
          await empty();
          await store.appendEvaluations(records);
          expect(await evaluations(filter, limit)).toEqual(records.filter(matches(filter)).sort(byId));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("the last page says so, also when it is full", async () => {
    await store.appendFeedback([event(1), event(2), event(3)]);
    expect((await store.readFeedback({}, { limit: 2 })).next).toBe(idOf(2));
    expect(await store.readFeedback({}, { after: idOf(2), limit: 2 })).not.toHaveProperty("next");
    expect(await store.readFeedback({}, { limit: 3 })).not.toHaveProperty("next");
    expect(await store.readFeedback({}, { after: idOf(3), limit: 3 })).toEqual({ items: [] });
  });

  test("since is inclusive, until exclusive", async () => {
    await store.appendFeedback([1, 2, 3].map((date) => event(date, { timestamp: day(date) })));
    expect((await feedback({ since: day(2), until: day(3) })).map(({ id }) => id)).toEqual([idOf(2)]);
  });

  test("no types at all match nothing", async () => {
    await store.appendFeedback([event(1)]);
    expect(await feedback({ types: [] })).toEqual([]);
  });

  test("an absent field differs from an empty one", async () => {
    const items = [record(1), record(2, { prompt: "", metadata: {}, evalScores: {} })];
    await store.appendEvaluations(items);
    expect(await evaluations()).toStrictEqual(items);
    expect(await store.appendEvaluations([record(1, { prompt: "" })])).toEqual(["conflict"]);
  });

  test.each(awkwardTexts)("%j is a value like any other, in fields and in filters", async (text) => {
    const items = [event(1, { userId: text, requestId: text }), event(2)];
    await store.appendFeedback(items);
    await store.appendEvaluations([record(1, { requestId: text, model: text }), record(2)]);
    expect(await feedback({ userId: text })).toEqual([items[0]]);
    expect(await feedback({ requestId: text })).toEqual([items[0]]);
    expect(await evaluations({ requestId: text })).toHaveLength(1);
    expect(await store.removeFeedback({ requestId: text })).toBe(1);
    expect(await feedback()).toEqual([items[1]]);
  });

  test("removing by a condition that is undefined removes nothing, and neither does one that records lack", async () => {
    await store.appendFeedback([event(1)]);
    await store.appendEvaluations([record(1)]);
    const refusal = { code: "INVALID_QUERY" };
    await expect(store.removeFeedback({ userId: undefined })).rejects.toMatchObject(refusal);
    await expect(store.removeEvaluations({ requestId: undefined })).rejects.toMatchObject(refusal);
    // As JavaScript may call it: the type forbids it.
    expect(await store.removeEvaluations({ userId: "user-1" } as object)).toBe(0);
    expect([(await feedback()).length, (await evaluations()).length]).toEqual([1, 1]);
  });

  test("removing takes what matches and no more, says how many, and lets it be stored anew", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryEvents(12),
        arbitraryRecords(6),
        arbitraryFeedbackFilters,
        arbitraryEvaluationFilters,
        async (events, records, filter, evaluationFilter) => {
          await empty();
          await store.appendFeedback(events);
          await store.appendEvaluations(records);
          const gone = events.filter(matches(filter));
          expect(await store.removeFeedback(filter)).toBe(gone.length);
          expect(await feedback()).toEqual(events.filter((one) => !matches(filter)(one)).sort(byId));
          const goneRecords = records.filter(matches(evaluationFilter));
          expect(await store.removeEvaluations(evaluationFilter)).toBe(goneRecords.length);
          expect(await evaluations()).toHaveLength(records.length - goneRecords.length);
          expect(await store.appendFeedback(gone)).toEqual(gone.map(() => "stored"));
          expect(await feedback()).toEqual(events.toSorted(byId));
        },
      ),
      { numRuns: 30 },
    );
  });

  test("a caller who changes an input or an output changes nothing in the store", async () => {
    const input = event(1, { metadata: { userCohort: "new" } });
    await store.appendFeedback([input]);
    input.timestamp.setTime(0);
    input.metadata!.userCohort = "old";
    const [output] = await feedback();
    output!.timestamp.setTime(0);
    output!.metadata!.userCohort = "old";
    expect(await feedback()).toEqual([event(1, { metadata: { userCohort: "new" } })]);
  });

  test("two stores are isolated", async () => {
    const other = await openStore();
    await store.appendFeedback([event(1)]);
    expect(await feedback({}, undefined, other)).toEqual([]);
    expect(await other.appendFeedback([event(1, { userId: "user-1" })])).toEqual(["stored"]);
  });

  test("setting up again is harmless", async () => {
    await store.appendFeedback([event(1)]);
    await store.setup?.();
    expect(await feedback()).toHaveLength(1);
  });

  test("a batch of 0 and one of 1,000 both work", async () => {
    expect(await store.appendFeedback([])).toEqual([]);
    expect(await store.appendEvaluations([])).toEqual([]);
    const events = Array.from({ length: 1_000 }, (_, n) => event(n));
    expect(await store.appendFeedback(events)).toEqual(events.map(() => "stored"));
    expect(await feedback({}, 999)).toEqual(events);
  });

  test("concurrent appends of overlapping batches store each key once", async () => {
    const batches = Array.from({ length: 20 }, (_, at) => [at, at + 1, at + 2, at + 3].map((n) => event(n)));
    const outcomes = await Promise.all(batches.map((batch) => store.appendFeedback(batch)));
    expect(outcomes.flat().filter((outcome) => outcome === "stored")).toHaveLength(23);
    expect(await feedback()).toEqual(Array.from({ length: 23 }, (_, n) => event(n)));
  });

  const verbs: [string, (store: Store) => Promise<unknown>][] = [
    ["appendFeedback", (store) => store.appendFeedback([event(1)])],
    ["appendEvaluations", (store) => store.appendEvaluations([record(1)])],
    ["readFeedback", (store) => store.readFeedback({}, { limit: 1 })],
    ["readEvaluations", (store) => store.readEvaluations({}, { limit: 1 })],
    ["removeFeedback", (store) => store.removeFeedback({})],
    ["removeEvaluations", (store) => store.removeEvaluations({})],
  ];

  test.each(verbs)("%s on a closed or closing store rejects with STORE_CLOSED", async (_, call) => {
    const closing = store.close();
    const errors = [await call(store).catch((error: unknown) => error)];
    await closing;
    await store.close();
    errors.push(await call(store).catch((error: unknown) => error));
    for (const error of errors) expect(isHeedError(error, "STORE_CLOSED")).toBe(true);
  });

  test("what was appended before the close is stored, and closing at once and again is harmless", async () => {
    const appended = [store.appendFeedback([event(1)]), store.appendEvaluations([record(1)])];
    await Promise.all([store.close(), store.close()]);
    expect(await Promise.all(appended)).toEqual([["stored"], ["stored"]]);
  });
});
