import { expect } from "vitest";
import { answersById, collectionsOf } from "../collections.ts";
import { day, type Item } from "../data/make-items.ts";
import type { Laws } from "../laws.ts";

/** Other content for the first item of each collection, one field at a time. */
const others = {
  feedback: [
    {},
    { userId: "user-2" },
    { userId: "user-1", requestId: "req-2" },
    { userId: "user-1", timestamp: new Date(day(1).getTime() + 1) },
    { userId: "user-1", type: "explicit_thumbs_down" },
    { userId: "user-1", reasons: ["clear"] },
    { userId: "user-1", metadata: { userCohort: "new" } },
    { userId: "user-1", metadata: {} },
    { userId: "user-1", type: "explicit_rating", value: 4 },
  ],
  evaluations: [
    { requestId: "req-2" },
    { timestamp: new Date(day(1).getTime() + 1) },
    { prompt: "" },
    { output: "Hello" },
    { evalScores: { overall: 0 } },
    { evalScores: {} },
    { evaluator: { name: "judge" } },
    { model: "small" },
    { promptVersion: "v2" },
    { metadata: { topic: "a" } },
  ],
  changes: [
    { change: "prompt v3" },
    { timestamp: new Date(day(1).getTime() + 1) },
    { reason: "" },
    { segment: { label: "topic", value: "refunds" } },
    { metadata: { by: "us" } },
  ],
} as const;

const first = { feedback: { userId: "user-1" }, evaluations: {}, changes: {} } as const;

export const appending = {
  "appending an item again stores it once, and every item is answered for in order": async ({ open }) => {
    for (const { make, append, readAll } of collectionsOf(await open())) {
      expect(await append([make(1), make(2), make(1)])).toEqual(["stored", "stored", "duplicate"]);
      expect(await append([make(2), make(4), make(4), make(1), make(3)])).toEqual([
        "duplicate",
        "stored",
        "duplicate",
        "duplicate",
        "stored",
      ]);
      expect(await readAll()).toEqual([1, 2, 3, 4].map((n) => make(n)));
    }
  },

  "the same id with other content is a conflict, and the first write stands": async ({ open }) => {
    for (const { name, make, append, readAll } of collectionsOf(await open())) {
      const stands = make(1, first[name]);
      const variants = others[name].map((fields) => make(1, fields));
      expect(await append([stands])).toEqual(["stored"]);
      expect(await append(variants)).toEqual(variants.map(() => "conflict"));
      expect(
        await append([make(2), ...others[name].map((fields) => make(2, { ...fields, metadata: { a: 1 } }))]),
      ).toEqual(["stored", ...variants.map(() => "conflict")]);
      expect(await readAll()).toEqual([stands, make(2)]);
    }
  },

  "the order of keys and fields of undefined tell no two items apart": async ({ open }) => {
    for (const { make, append, readAll } of collectionsOf(await open())) {
      expect(
        await append([make(1, { metadata: { a: 1, b: 2 }, model: undefined, userId: undefined })]),
      ).toEqual(["stored"]);
      const again = Object.entries(make(1, { metadata: { b: 2, a: 1 } })).reverse();
      expect(await append([Object.fromEntries(again) as unknown as Item])).toEqual(["duplicate"]);
      expect(await readAll()).toEqual([make(1, { metadata: { a: 1, b: 2 } })]);
    }
  },

  "items of different collections may share an id": async ({ open }) => {
    const collections = collectionsOf(await open());
    for (const { make, append } of collections) expect(await append([make(1)])).toEqual(["stored"]);
    for (const { make, readAll } of collections) expect(await readAll()).toEqual([make(1)]);
  },

  "a batch of 0 and one of 1,000 both work": async ({ open }) => {
    for (const { make, append, readAll } of collectionsOf(await open())) {
      expect(await append([])).toEqual([]);
      const items = Array.from({ length: 1_000 }, (_, n) => make(n));
      expect(await append(items)).toEqual(items.map(() => "stored"));
      expect(await append(items)).toEqual(items.map(() => "duplicate"));
      expect(await readAll({}, 999)).toEqual(items);
    }
  },

  "concurrent appends of overlapping batches store each key once": async ({ open }) => {
    for (const { make, append, readAll } of collectionsOf(await open())) {
      const batches = Array.from({ length: 20 }, (_, at) => [at, at + 1, at + 2, at + 3].map((n) => make(n)));
      const outcomes = await Promise.all(batches.map((batch) => append(batch)));
      for (const [id, answers] of answersById(batches, outcomes))
        expect(
          answers.filter((answer) => answer !== "duplicate"),
          id,
        ).toEqual(["stored"]);
      expect(await readAll()).toEqual(Array.from({ length: 23 }, (_, n) => make(n)));
    }
  },

  "of concurrent appends of one id with different contents one is stored, and the others are told": async ({
    open,
  }) => {
    for (const { make, append, readAll } of collectionsOf(await open())) {
      const rivals = Array.from({ length: 10 }, (_, n) => make(1, { metadata: { n } }));
      const outcomes = (await Promise.all(rivals.map((rival) => append([rival])))).flat();
      expect(outcomes.filter((outcome) => outcome !== "conflict")).toEqual(["stored"]);
      expect(await readAll()).toEqual([rivals[outcomes.indexOf("stored")]]);
    }
  },

  "a caller who changes an input changes nothing in the store": async ({ open }) => {
    for (const { make, append, readAll } of collectionsOf(await open())) {
      const input = make(1, { timestamp: day(1), metadata: { userCohort: "new" } });
      expect(await append([input])).toEqual(["stored"]);
      input.timestamp.setTime(0);
      input.metadata!.userCohort = "old";
      expect(await readAll()).toEqual([make(1, { metadata: { userCohort: "new" } })]);
    }
  },
} satisfies Laws;
