import { DatabaseSync } from "node:sqlite";
import {
  countRequests,
  type EvaluationFilter,
  groupRequests,
  type RequestBatch,
  type RequestQuery,
  type Store,
  scanRequests,
  withoutFastPaths,
} from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sqliteStore } from "./sqlite-store.ts";

const idOf = (n: number) => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const requestIds = ["req-1", "req-2", "REQ-1", "r\u00e9q", "'; --"] as const;
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const present = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const records = fc
  .record({
    requestId: fc.constantFrom(...requestIds),
    timestamp: fc.nat(5).map((timeMs) => new Date(timeMs)),
    evalScores: maybe(
      fc.dictionary(
        fc.constantFrom("overall", "a.b", "k:1"),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      ),
    ),
    model: maybe(fc.constantFrom("small", "1e3", '"quoted"')),
    promptVersion: maybe(fc.constantFrom("v1", "v2")),
    metadata: maybe(
      fc.dictionary(
        fc.constantFrom("userCohort", "toString"),
        fc.oneof(
          fc.constantFrom("new", "", "true", "1", 'a"b\\c'),
          fc.constantFrom(1, 0.1, 1e21),
          fc.boolean(),
        ),
      ),
    ),
  })
  .map((fields) => present(fields));

const events = fc
  .record({
    requestId: fc.constantFrom(...requestIds),
    timestamp: fc.nat(5).map((timeMs) => new Date(timeMs)),
    userId: maybe(fc.constantFrom("user-1", "user-2")),
    metadata: maybe(fc.constantFrom({ userCohort: "power" }, {})),
    saying: fc.constantFrom(
      { type: "explicit_thumbs_up", value: true },
      { type: "explicit_thumbs_down", value: true },
      { type: "explicit_rating", value: 2.5 },
      { type: "explicit_rating", value: 4 },
      { type: "explicit_retraction", value: "thumb" },
      { type: "explicit_text_comment", value: "why" },
      { type: "implicit_exposure", value: { visibleMs: 1, activeMs: 0 } },
      { type: "implicit_discard", value: "rejected" },
    ),
  })
  .map(({ saying, ...fields }) => ({ ...present(fields), ...saying }));

const filters = fc
  .record({
    requestId: maybe(fc.constantFrom(...requestIds)),
    since: maybe(fc.nat(5).map((ms) => new Date(ms))),
  })
  .map((filter) => present(filter) as EvaluationFilter);

const tenants = ["one", "two"] as const;
const steps = fc.array(
  fc.tuple(
    fc.constantFrom(...tenants),
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ records: fc.array(records, { maxLength: 4 }) }) },
      { weight: 4, arbitrary: fc.record({ events: fc.array(events, { maxLength: 6 }) }) },
      { weight: 1, arbitrary: fc.record({ removeEvaluations: filters }) },
      { weight: 1, arbitrary: fc.record({ removeFeedback: filters }) },
      { weight: 2, arbitrary: fc.constant({ look: true }) },
    ),
  ),
  { minLength: 2, maxLength: 12 },
);

const queries: RequestQuery[] = [
  {
    scores: ["overall", "a.b", "k:1", "no such", '"'],
    labels: ["userCohort", "model", "promptVersion", "toString"],
  },
  { votedOnly: true, eachVote: true, scores: ["overall"], labels: ["userCohort"] },
  { since: new Date(2), until: new Date(4), eachVote: true },
  { votedOnly: true, since: new Date(3) },
];

/** The requests of a scan as objects, in the order of their ids. */
const requestsOf = async (store: Store, query: RequestQuery) => {
  const found: Record<string, unknown>[] = [];
  for await (const batch of scanRequests(store, query))
    found.push(...batch.requestIds.map((_, at) => requestAt(batch, at)));
  return query.votedOnly ? found : found.sort((a, b) => (String(a.requestId) < String(b.requestId) ? -1 : 1));
};

const requestAt = (batch: RequestBatch, at: number) => ({
  requestId: batch.requestIds[at],
  timestampMs: batch.timestampMs[at],
  scores: batch.scores.map((column) => column[at]),
  labels: batch.labels.map((column) => column[at]),
  humanScore: batch.humanScore[at],
  votes: batch.votes[at],
  exposed: batch.exposed[at],
  discarded: batch.discarded[at],
  eachVote: batch.eachVote[at],
});

const groupings = [
  {},
  { by: ["userCohort", "model"], score: "overall", scoreEdges: [0] },
  { by: ["promptVersion"], periods: [new Date(1), new Date(3)], until: new Date(5) },
];

const countsOf = (groups: Awaited<ReturnType<typeof groupRequests>>) =>
  groups.map(({ score, humanScore, both, ...counts }) => ({ ...counts, n: [score.n, humanScore.n, both.n] }));

const expectAgreement = async (store: Store) => {
  const slow = withoutFastPaths(store);
  for (const query of queries) expect(await requestsOf(store, query)).toEqual(await requestsOf(slow, query));
  for (const query of groupings)
    expect(countsOf(await groupRequests(store, query))).toEqual(countsOf(await groupRequests(slow, query)));
  expect(await countRequests(store, {})).toBe(await countRequests(slow, {}));
  const period = { since: new Date(1), until: new Date(4) };
  expect(await countRequests(store, period)).toBe(await countRequests(slow, period));
};

test("the folded requests are those that core folds, after any appends, removals and looks", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const database = new DatabaseSync(":memory:");
      const stores = new Map<string, Store>(
        tenants.map((tenant) => [tenant, sqliteStore(database, { tenant })]),
      );
      for (const store of stores.values()) await store.setup?.();
      let made = 0;
      const withIds = (items: object[]) => items.map((item) => ({ ...item, id: idOf(++made) }));
      for (const [tenant, step] of history) {
        const store = stores.get(tenant)!;
        if ("records" in step) await store.appendEvaluations(withIds(step.records) as EvaluationRecord[]);
        else if ("events" in step) await store.appendFeedback(withIds(step.events) as FeedbackEvent[]);
        else if ("removeEvaluations" in step) await store.removeEvaluations(step.removeEvaluations);
        else if ("removeFeedback" in step) await store.removeFeedback(step.removeFeedback);
        else await expectAgreement(store);
      }
      for (const store of stores.values()) await expectAgreement(store);
      database.close();
    }),
    { numRuns: 150 },
  );
}, 60_000);

describe("beyond one batch", { timeout: 30_000 }, () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      id: idOf(n + 1),
      // In another order than they arrive in, and some in two parts.
      requestId: `req-${(n * 7919) % (count - 500)}`,
      timestamp: new Date(n),
      evalScores: { overall: n },
    }));
  const votes = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      id: idOf(n + 1),
      requestId: `req-${(n * 31) % 5_000}`,
      timestamp: new Date(n),
      userId: `user-${n % 3}`,
      type: "explicit_rating" as const,
      value: 1 + (n % 5),
    }));

  test("neither scans nor groups skip or repeat a request", async () => {
    const store = sqliteStore(":memory:");
    await store.setup();
    await store.appendEvaluations(many(6_000));
    await store.appendFeedback(votes(8_000));
    await expectAgreement(store);
    await store.close();
  });

  test("two scans and a grouping at once do not disturb each other, nor does an append between", async () => {
    const store = sqliteStore(":memory:");
    await store.setup();
    await store.appendEvaluations(many(6_000));
    const [one, two, grouped, twice] = await Promise.all([
      requestsOf(store, queries[0]!),
      requestsOf(store, queries[0]!),
      groupRequests(store, { by: ["model"], score: "overall" }),
      groupRequests(store, {}),
      store.appendFeedback(votes(10)),
    ]);
    expect(one).toHaveLength(5_500);
    expect(two).toHaveLength(5_500);
    expect(grouped[0]).toMatchObject({ logged: 5_500, score: { n: 5_500 } });
    expect(twice[0]).toMatchObject({ logged: 5_500 });
    await store.close();
  });
});
