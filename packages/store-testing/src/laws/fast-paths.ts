import { countRequests, groupRequests, memoryStore, type Store } from "@heed/core";
import { expect } from "vitest";
import { partsOfRequests, votesInTurn } from "../data/fold-cases.ts";
import { arbitraryLife } from "../data/history.ts";
import { event, record } from "../data/make-items.ts";
import { expectAlike } from "../expect-alike.ts";
import type { Lab } from "../lab.ts";
import type { Laws } from "../laws.ts";
import { countQueries, foldedBy, groupQueries, scanned, scanQueries } from "../queries.ts";

interface FastPath<Query> {
  readonly verb: "scanRequests" | "countRequests" | "groupRequests";
  readonly queries: readonly Query[];
  readonly ask: (store: Store, query: Query) => Promise<unknown>;
  readonly expectSame: (found: unknown, expected: unknown, query: string) => void;
}

const isSame = (found: unknown, expected: unknown, query?: string): void =>
  expect(found, query).toEqual(expected);

/** Lives lives of requests on a store that has the fast path and on one that derives it, and compares them on the way. */
const compare = async <Query>(
  { open, samples, skip }: Lab,
  { verb: fastPath, queries, ask: query, expectSame }: FastPath<Query>,
) => {
  for (const steps of samples(arbitraryLife(30, 60))) {
    const [store, derived] = [await open(), memoryStore()];
    if (!store[fastPath]) return skip(`${store.name} has no ${fastPath}`);
    const expectAll = async (asked: readonly Query[]) => {
      for (const one of asked)
        expectSame(await query(store, one), await query(derived, one), JSON.stringify(one));
    };
    for (const [at, { verb, ask }] of steps.entries()) {
      // What is derived may lag behind no removal, nor behind the appends before it. A third of the queries, for time.
      if (!verb.startsWith("append")) await expectAll(queries.filter((_, n) => n % 3 === at % 3));
      expect(await ask(store), `step ${at + 1}, ${verb}`).toEqual(await ask(derived));
    }
    await expectAll(queries);
  }
};

export const fastPaths = {
  "a scan gives what core derives, the human score to the last digit": (lab) =>
    compare(lab, { verb: "scanRequests", queries: scanQueries, ask: scanned, expectSame: isSame }),

  "a count gives what core derives": (lab) =>
    compare(lab, { verb: "countRequests", queries: countQueries, ask: countRequests, expectSame: isSame }),

  "groups give what core derives, but for the rounding of sums": (lab) =>
    compare(lab, {
      verb: "groupRequests",
      queries: groupQueries,
      ask: groupRequests,
      expectSame: expectAlike,
    }),

  "votes stand, and parts of requests fold, as core has them": async ({ open }) => {
    const [store, derived] = [await open(), memoryStore()];
    for (const one of [store, derived]) {
      await one.appendEvaluations(partsOfRequests);
      await one.appendFeedback(votesInTurn);
    }
    for (const query of scanQueries) isSame(await scanned(store, query), await scanned(derived, query));
  },

  "an empty store folds to nothing": async ({ open }) => {
    expect(await foldedBy(await open())).toEqual({ requests: [], voted: [], count: 0, groups: [] });
  },

  "a scan of voted requests comes in the order of their ids": async ({ open }) => {
    const store = await open();
    const ids = ["b", "a", "B", "a ", "_", "á", "10", "9", "Z", "ß", "👩‍👩‍👧", "A"];
    await store.appendEvaluations(ids.map((requestId, n) => record(n, { requestId })));
    await store.appendFeedback(ids.map((requestId, n) => event(n, { requestId })));
    const rows = await scanned(store, { votedOnly: true });
    expect(rows.map(({ requestId }) => requestId)).toEqual([...ids].sort());
  },

  "sums keep their digits far from zero": async ({ open }) => {
    const [store, derived] = [await open(), memoryStore()];
    for (const one of [store, derived]) {
      await one.appendEvaluations(
        Array.from({ length: 200 }, (_, n) =>
          record(n, { requestId: `req-${n}`, evalScores: { overall: 1e6 + ((n * 7_919) % 100) / 128 } }),
        ),
      );
      await one.appendFeedback(
        Array.from({ length: 100 }, (_, n) =>
          event(n, { requestId: `req-${n}`, type: "explicit_rating", value: 1 + ((n * 31) % 5) }),
        ),
      );
    }
    const query = { score: "overall" };
    expectAlike(await groupRequests(store, query), await groupRequests(derived, query));
  },

  "many requests come once each, with all that belongs to them": async ({ open }) => {
    const [store, derived] = [await open(), memoryStore()];
    const length = 3_000;
    // More than there are in a batch of core's.
    const voted = 2_100;
    const ids = Array.from({ length }, (_, n) => `req-${(n * 7_919) % length}`);
    for (const one of [store, derived]) {
      await one.appendEvaluations(ids.map((requestId, n) => record(n, { requestId })));
      await one.appendFeedback(ids.slice(0, voted).map((requestId, n) => event(n, { requestId })));
    }
    expectAlike(await foldedBy(store), await foldedBy(derived));
  },
} satisfies Laws;
