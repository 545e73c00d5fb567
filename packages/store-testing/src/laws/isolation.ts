import {
  applyRetention,
  copyStore,
  eraseUser,
  memoryStore,
  recordChange,
  recordEvaluation,
  recordFeedback,
  type Store,
} from "@heed/core";
import { expect } from "vitest";
import { answersOf } from "../analyses.ts";
import { collectionsOf } from "../collections.ts";
import { arbitraryRequests, itemsOf, middle } from "../data/arbitrary-requests.ts";
import { awkwardTexts } from "../data/awkward-texts.ts";
import { arbitrarySteps } from "../data/history.ts";
import { event, idOf, record as recordOf } from "../data/make-items.ts";
import { expectAlike } from "../expect-alike.ts";
import type { Laws } from "../laws.ts";
import { foldedBy, scanned } from "../queries.ts";

const record = async (
  store: Store,
  { records, events }: ReturnType<typeof itemsOf>,
  change: string,
): Promise<void> => {
  const results = [
    ...(await recordEvaluation(store, records)),
    ...(await recordFeedback(store, events)),
    await recordChange(store, { id: idOf(1), change }),
  ];
  expect(results.filter(({ status }) => status !== "stored")).toEqual([]);
};

/** What removes by several verbs. */
const eraseAndRetain = async (store: Store) => {
  const now = () => middle;
  const kept: unknown[] = [];
  const save = async (days: readonly unknown[]) => {
    kept.push(...days);
  };
  const receipt = await eraseUser(store, "user-2", { requestIds: ["req-0"], now });
  const retained = await applyRetention(store, {
    olderThanDays: 3,
    keepAggregates: { by: ["topic"], save },
    now,
  });
  return { receipt, retained, kept };
};

export const isolation = {
  "two databases never see each other": async ({ open, newDatabase }) => {
    const [one, two] = [await open(newDatabase()), await open(newDatabase())];
    await one.eraseUser("user-1");
    const own = collectionsOf(one);
    for (const [at, other] of collectionsOf(two).entries()) {
      const { make, append, readAll } = own[at]!;
      await append([make(1)]);
      expect(await other.readAll()).toEqual([]);
      expect(await other.append([make(1, { metadata: { a: 1 } })])).toEqual(["stored"]);
      expect(await other.remove({})).toBe(1);
      expect(await readAll()).toEqual([make(1)]);
    }
    expect(await two.appendFeedback([event(2, { userId: "user-1" })])).toEqual(["stored"]);
  },

  "tenants with the same ids never see each other, through any verb": async ({
    open,
    newTenant,
    samples,
  }) => {
    const lives = samples(arbitrarySteps(25));
    for (const steps of lives) {
      const pairs = await Promise.all(
        [1, 2].map(async () => [await open(newTenant()), memoryStore()] as const),
      );
      for (const [at, { verb, ask }] of steps.entries()) {
        const [store, model] = pairs[at % 2]!;
        expect(await ask(store), `step ${at + 1}, ${verb}`).toEqual(await ask(model));
      }
      for (const [store, model] of pairs) {
        const expected = collectionsOf(model);
        for (const [at, { name, readAll }] of collectionsOf(store).entries())
          expect(await readAll(), name).toEqual(await expected[at]!.readAll());
        expectAlike(await foldedBy(store), await foldedBy(model));
      }
    }
  },

  "tenants with the same ids never see each other, through any function of core": async ({
    open,
    samples,
  }) => {
    const worlds = samples(arbitraryRequests(60, 80), 2).map(itemsOf);
    const pairs = await Promise.all(worlds.map(async () => [await open(), memoryStore()] as const));
    for (const [at, both] of pairs.entries())
      for (const store of both) await record(store, worlds[at]!, `change ${at}`);
    const [first, second] = [pairs[0]!, pairs[1]!];
    expectAlike(await eraseAndRetain(first[0]), await eraseAndRetain(first[1]));
    for (const [store, model] of pairs) expectAlike(await answersOf(store), await answersOf(model));
    expect(await copyStore(second[0], await open())).toMatchObject({ verified: true });
  },

  "tenants of any name are told apart": async ({ open, newTenant }) => {
    const { database, tenant } = newTenant();
    const names = ["", "A", "a", "a/", "a/b", "a:b", ...awkwardTexts.slice(0, 10)];
    const stores = await Promise.all(names.map((name) => open({ database, tenant: `${tenant}${name}` })));
    const requestId = (n: number) => `req-${n}`;
    await Promise.all(
      stores.map(async (store, n) => {
        const own = { requestId: requestId(n) };
        expect(await store.appendFeedback([event(1, own)]), names[n]).toEqual(["stored"]);
        expect(await store.appendEvaluations([recordOf(1, own)]), names[n]).toEqual(["stored"]);
      }),
    );
    await Promise.all(
      stores.map(async (store, n) => {
        const [feedback] = collectionsOf(store);
        expect(await feedback.readAll(), names[n]).toEqual([event(1, { requestId: requestId(n) })]);
        expect(await scanned(store, {}), names[n]).toMatchObject([{ requestId: requestId(n), votes: 1 }]);
      }),
    );
  },
} satisfies Laws;
