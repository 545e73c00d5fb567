import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryStore } from "../memory-store.ts";
import { listChanges } from "./list-changes.ts";
import { recordChange } from "./record-change.ts";

const day = (date: number): Date => new Date(Date.UTC(2026, 2, date));
const changed = (change: string, date: number) => ({ change, timestamp: day(date) });

const namesOf = async (store: ReturnType<typeof memoryStore>, options?: Parameters<typeof listChanges>[1]) =>
  (await listChanges(store, options)).map(({ change }) => change);

test("nothing was changed in an empty store", async () => {
  expect(await listChanges(memoryStore())).toEqual([]);
});

test("changes come oldest first, in whatever order they were recorded", async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }), async (dates) => {
      const store = memoryStore();
      for (const date of dates) await recordChange(store, changed(`change ${date}`, date));
      expect(await namesOf(store)).toEqual([1, 2, 3, 4, 5].map((date) => `change ${date}`));
    }),
    { numRuns: 20 },
  );
});

test("since is inclusive and until exclusive", async () => {
  const store = memoryStore();
  for (const date of [1, 2, 3]) await recordChange(store, changed(`change ${date}`, date));
  expect(await namesOf(store, { since: day(2) })).toEqual(["change 2", "change 3"]);
  expect(await namesOf(store, { until: day(2) })).toEqual(["change 1"]);
  expect(await namesOf(store, { since: day(2), until: day(2) })).toEqual([]);
});

test("two changes of the same name are two", async () => {
  const store = memoryStore();
  await recordChange(store, changed("prompt", 1));
  await recordChange(store, changed("prompt", 2));
  expect(await namesOf(store)).toEqual(["prompt", "prompt"]);
});

test("refuses a period that ends before it begins", async () => {
  const period = { since: day(2), until: day(1) };
  await expect(listChanges(memoryStore(), period)).rejects.toMatchObject({ code: "INVALID_QUERY" });
});
