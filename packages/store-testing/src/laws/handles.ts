import { withoutFastPaths } from "@heed/core";
import { expect } from "vitest";
import { answersById, collectionsOf } from "../collections.ts";
import { day, event, record } from "../data/make-items.ts";
import { expectAlike } from "../expect-alike.ts";
import type { Lab } from "../lab.ts";
import type { Laws } from "../laws.ts";
import { foldedBy } from "../queries.ts";

const openTwo = async ({ open, newTenant }: Lab) => {
  const place = newTenant();
  return [await open(place), await open(place)] as const;
};

/** How each event was answered that both handles appended at once, after a look that each is there once. */
const appendOverlapping = async (lab: Lab) => {
  const both = (await openTwo(lab)).map((store) => collectionsOf(store)[0]);
  const batches = Array.from({ length: 12 }, (_, at) => [at, at + 1, at + 2, at + 3].map((n) => event(n)));
  const outcomes = await Promise.all(batches.map((batch, at) => both[at % 2]!.append(batch)));
  const events = Array.from({ length: 15 }, (_, n) => event(n));
  for (const { readAll } of both) expect(await readAll()).toEqual(events);
  return answersById(batches, outcomes);
};

/** A place that is opened twice, as by two processes. */
export const handles = {
  "what one handle appended, removed or erased, the other knows": async (lab) => {
    const [one, two] = await openTwo(lab);
    const collections = collectionsOf(one);
    for (const [at, other] of collectionsOf(two).entries()) {
      const { make, append, remove } = collections[at]!;
      expect(await append([make(1), make(2, { timestamp: day(2) })])).toEqual(["stored", "stored"]);
      expect(await other.append([make(1), make(2), make(3)])).toEqual(["duplicate", "conflict", "stored"]);
      expect(await remove({ until: day(2) })).toBe(2);
      expect(await other.readAll()).toEqual([make(2, { timestamp: day(2) })]);
    }
    await one.appendFeedback([event(4, { userId: "user-1" })]);
    expect(await two.eraseUser("user-1")).toBe(1);
    expect(await one.appendFeedback([event(4, { userId: "user-1" })])).toEqual(["erased"]);
  },

  "overlapping appends through two handles at once store each key once": async (lab) => {
    for (const [id, answers] of await appendOverlapping(lab)) {
      expect(answers, id).toContain("stored");
      expect(
        answers.filter((answer) => answer !== "stored" && answer !== "duplicate"),
        id,
      ).toEqual([]);
    }
  },

  "of overlapping appends through two handles at once, one alone is answered `stored`": async (lab) => {
    for (const [id, answers] of await appendOverlapping(lab))
      expect(
        answers.filter((answer) => answer !== "duplicate"),
        id,
      ).toEqual(["stored"]);
  },

  "analyses through one handle see what the other did": async (lab) => {
    const [one, two] = await openTwo(lab);
    const expectSame = async () => expectAlike(await foldedBy(two), await foldedBy(withoutFastPaths(one)));
    await one.appendEvaluations([1, 2, 3].map((n) => record(n, { requestId: `req-${n}` })));
    await one.appendFeedback([event(1, { userId: "user-1" })]);
    await expectSame();
    await one.appendFeedback([event(2, { requestId: "req-2" })]);
    await expectSame();
    await one.removeEvaluations({ requestId: "req-3" });
    await one.eraseUser("user-1");
    await expectSame();
  },

  "closing one handle leaves the other open": async (lab) => {
    const [one, two] = await openTwo(lab);
    await one.appendFeedback([event(1)]);
    await one.close();
    expect(await two.appendFeedback([event(1), event(2)])).toEqual(["duplicate", "stored"]);
  },

  "what was stored is there after the store was closed and opened again": async ({ open, newTenant }) => {
    const place = newTenant();
    const store = await open(place);
    for (const { make, append } of collectionsOf(store)) await append([make(1)]);
    await store.eraseUser("user-1");
    await store.close();
    const again = await open(place);
    for (const { make, append, readAll } of collectionsOf(again)) {
      expect(await readAll()).toEqual([make(1)]);
      expect(await append([make(1)])).toEqual(["duplicate"]);
    }
    expect(await again.appendFeedback([event(2, { userId: "user-1" })])).toEqual(["erased"]);
  },

  "setting up again is harmless, also from two handles at once": async ({ open, newDatabase }) => {
    const place = newDatabase();
    const one = await open(place);
    await one.appendFeedback([event(1)]);
    const two = await open(place);
    await Promise.all([one.setup?.(), two.setup?.(), one.setup?.()]);
    for (const store of [one, two]) expect(await collectionsOf(store)[0].readAll()).toEqual([event(1)]);
  },
} satisfies Laws;
