import fc from "fast-check";
import { expect } from "vitest";
import { byId, collectionsOf } from "../collections.ts";
import {
  arbitraryChangeFilters,
  arbitraryEvaluationFilters,
  arbitraryFeedbackFilters,
} from "../data/arbitrary-filters.ts";
import { arbitraryChanges, arbitraryEvents, arbitraryRecords } from "../data/arbitrary-items.ts";
import type { Item } from "../data/make-items.ts";
import type { Laws } from "../laws.ts";
import { matches } from "../matches.ts";

const amount = { min: 20, max: 40 };

export const removing = {
  "removing takes what matches and no more, says how many, and lets it be stored anew": async ({
    open,
    samples,
  }) => {
    const cases = {
      feedback: samples(fc.tuple(arbitraryEvents(amount), arbitraryFeedbackFilters)),
      evaluations: samples(fc.tuple(arbitraryRecords(amount), arbitraryEvaluationFilters)),
      changes: samples(fc.tuple(arbitraryChanges(amount), arbitraryChangeFilters)),
    };
    for (const at of cases.feedback.keys()) {
      const collections = collectionsOf(await open());
      for (const { name, append } of collections) await append(cases[name][at]![0]);
      for (const { name, append, readAll, remove } of collections) {
        const [items, filter] = cases[name][at]! as [Item[], object];
        const gone = items.filter(matches(filter));
        expect(await remove(filter), name).toBe(gone.length);
        expect(await readAll(), name).toEqual(byId(items.filter((item) => !gone.includes(item))));
        expect(await append(gone), name).toEqual(gone.map(() => "stored"));
        expect(await readAll(), name).toEqual(byId(items));
      }
    }
  },

  "removing without a condition takes all of one collection, and again nothing": async ({ open }) => {
    const collections = collectionsOf(await open());
    for (const { make, append } of collections) await append([make(1), make(2)]);
    for (const [at, { remove }] of collections.entries()) {
      expect(await remove({})).toBe(2);
      expect(await remove({})).toBe(0);
      const left = await Promise.all(collections.map(({ readAll }) => readAll()));
      expect(left.map(({ length }) => length)).toEqual([0, 1, 2].map((n) => (n <= at ? 0 : 2)));
    }
  },

  "what was removed may come back with other content": async ({ open }) => {
    for (const { make, append, readAll, remove } of collectionsOf(await open())) {
      await append([make(1)]);
      await remove({});
      const other = make(1, { metadata: { a: 1 } });
      expect(await append([other])).toEqual(["stored"]);
      expect(await append([make(1)])).toEqual(["conflict"]);
      expect(await readAll()).toEqual([other]);
    }
  },

  "removing by a condition that is undefined is refused with INVALID_QUERY, and removes nothing": async ({
    open,
  }) => {
    for (const { make, append, readAll, remove } of collectionsOf(await open())) {
      await append([make(1)]);
      for (const condition of ["userId", "requestId", "since", "until", "types"])
        await expect(remove({ [condition]: undefined }), condition).rejects.toMatchObject({
          code: "INVALID_QUERY",
        });
      expect(await readAll()).toEqual([make(1)]);
    }
  },

  "a condition on a field that the items lack removes nothing": async ({ open }) => {
    const [, evaluations, changes] = collectionsOf(await open());
    // As JavaScript may call it: the types forbid it.
    for (const { make, append, readAll, remove } of [evaluations, changes]) {
      await append([make(1)]);
      expect(await remove({ userId: "user-1" })).toBe(0);
      expect(await remove({ types: ["explicit_thumbs_up"] })).toBe(0);
      expect(await readAll()).toEqual([make(1)]);
    }
    expect(await changes.remove({ requestId: "req-1" })).toBe(0);
    expect(await changes.readAll()).toEqual([changes.make(1)]);
  },
} satisfies Laws;
