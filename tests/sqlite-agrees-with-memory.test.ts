import { DatabaseSync } from "node:sqlite";
import { type EvaluationFilter, type FeedbackFilter, memoryStore, type Store } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { sqliteStore } from "@heed/store-sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "./arbitrary-records.ts";

const tenants = ["one", "two"] as const;
const requestIds = ["req-1", "req-2", "req-3"] as const;

type Step =
  | { do: "append"; count: number; tenant: string; requestId?: string | undefined }
  | { do: "read" | "remove"; tenant: string; filter: FeedbackFilter };

const filters = fc.record(
  {
    requestId: fc.constantFrom(...requestIds, "unknown"),
    userId: fc.constantFrom("user-0", "user-1"),
    since: fc.nat(3_000).map((timeMs) => new Date(timeMs)),
  },
  { requiredKeys: [] },
);
const appends = (count: fc.Arbitrary<number>) =>
  fc.record({
    do: fc.constant("append" as const),
    count,
    tenant: fc.constantFrom(...tenants),
    requestId: fc.option(fc.constantFrom(...requestIds), { nil: undefined }),
  });
const touches = (verb: "read" | "remove", filter: fc.Arbitrary<FeedbackFilter>) =>
  fc.record({ do: fc.constant(verb), tenant: fc.constantFrom(...tenants), filter });

/** Appends small and large (the request index is renewed beyond 1,000 rows), between reads and removals. */
const histories: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: appends(fc.nat(5)) },
    { weight: 2, arbitrary: appends(fc.integer({ min: 990, max: 1_100 })) },
    { weight: 4, arbitrary: touches("read", filters) },
    { weight: 2, arbitrary: touches("remove", filters) },
  ),
  { minLength: 4, maxLength: 10 },
);

const withoutUser = ({ requestId, since }: FeedbackFilter): EvaluationFilter => ({
  ...(requestId !== undefined && { requestId }),
  ...(since && { since }),
});

const page = { limit: 10_000 };

test("an SQLite store and a memory store answer alike, however far the request index lags", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const database = new DatabaseSync(":memory:");
      const pairs = new Map<string, [Store, Store]>();
      for (const tenant of tenants) {
        const store = sqliteStore(database, { tenant });
        await store.setup();
        pairs.set(tenant, [memoryStore(), store]);
      }
      let made = 0;
      const make = (requestId: string | undefined): FeedbackEvent & EvaluationRecord =>
        ({
          // Ids fall here, so that the order of ids is not that of the rows.
          id: idOf(99_999_999 - ++made),
          requestId: requestId ?? requestIds[made % requestIds.length],
          userId: `user-${made % 2}`,
          type: "explicit_thumbs_up",
          value: true,
          timestamp: new Date(made),
        }) as FeedbackEvent & EvaluationRecord;
      const asRecord = ({ id, requestId, timestamp }: EvaluationRecord) => ({ id, requestId, timestamp });

      const alike = async (tenant: string, ask: (store: Store) => Promise<unknown>) => {
        const [memory, sqlite] = pairs.get(tenant)!;
        expect(await ask(sqlite)).toEqual(await ask(memory));
      };

      for (const step of history) {
        const { tenant } = step;
        if (step.do === "append") {
          const items = Array.from({ length: step.count }, () => make(step.requestId));
          await alike(tenant, (store) => store.appendFeedback(items));
          await alike(tenant, (store) => store.appendEvaluations(items.map(asRecord)));
        } else if (step.do === "read") {
          await alike(tenant, (store) => store.readFeedback(step.filter, page));
          await alike(tenant, (store) => store.readEvaluations(withoutUser(step.filter), page));
        } else {
          await alike(tenant, (store) => store.removeFeedback(step.filter));
          await alike(tenant, (store) => store.removeEvaluations(withoutUser(step.filter)));
        }
      }
      for (const tenant of tenants)
        for (const requestId of [...requestIds, undefined])
          await alike(tenant, (store) => store.readFeedback({ requestId }, page));
      database.close();
    }),
    { numRuns: 25 },
  );
});
