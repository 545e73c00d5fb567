import { memoryStore, type Store, userDigest } from "@heed/core";
import { expect } from "vitest";
import { byId, collectionsOf } from "../collections.ts";
import { arbitraryRequests, itemsOf } from "../data/arbitrary-requests.ts";
import { awkwardTexts } from "../data/awkward-texts.ts";
import { event, record } from "../data/make-items.ts";
import { expectAlike } from "../expect-alike.ts";
import type { Laws } from "../laws.ts";
import { foldedBy } from "../queries.ts";

const of = (userId: string, n: number) => event(n, { userId });

/** Events of two users and of nobody known. */
const everybodys = [of("user-1", 1), of("user-2", 2), event(3), of("user-1", 4), of("user-10", 5)];
const others = everybodys.filter(({ userId }) => userId !== "user-1");

const readFeedback = (store: Store) => collectionsOf(store)[0].readAll();

export const erasing = {
  "erasing removes a user's events, says how many, and leaves everything else": async ({ open }) => {
    const store = await open();
    await store.appendFeedback(everybodys);
    await store.appendEvaluations([record(1, { metadata: { userId: "user-1" } })]);
    expect(await store.eraseUser("user-1")).toBe(2);
    expect(await readFeedback(store)).toEqual(others);
    expect(await collectionsOf(store)[1].readAll()).toHaveLength(1);
    expect(await store.eraseUser("user-1")).toBe(0);
  },

  "what an erased user sent is answered `erased` ever after, and everybody else's as always": async ({
    open,
  }) => {
    const store = await open();
    await store.appendFeedback(everybodys);
    await store.eraseUser("user-1");
    expect(await store.appendFeedback([...everybodys, of("user-1", 6), of("user-2", 7)])).toEqual([
      "erased",
      "duplicate",
      "duplicate",
      "erased",
      "duplicate",
      "erased",
      "stored",
    ]);
    // An id that belongs to somebody else is no way in, and no way to remove theirs.
    expect(await store.appendFeedback([of("user-1", 2), of("user-2", 1)])).toEqual(["erased", "stored"]);
    expect(await readFeedback(store)).toEqual(byId([...others, of("user-2", 7), of("user-2", 1)]));
  },

  "a user who gave nothing yet is erased all the same": async ({ open }) => {
    const store = await open();
    expect(await store.eraseUser("user-1")).toBe(0);
    expect(await store.appendFeedback([of("user-1", 1), of("user-2", 2)])).toEqual(["erased", "stored"]);
    expect(await readFeedback(store)).toEqual([of("user-2", 2)]);
  },

  "removing a user's events is no erasure: they may come back": async ({ open }) => {
    const store = await open();
    await store.appendFeedback(everybodys);
    expect(await store.removeFeedback({ userId: "user-1" })).toBe(2);
    expect(await store.appendFeedback([of("user-1", 1)])).toEqual(["stored"]);
  },

  "removing everything forgets no erasure": async ({ open }) => {
    const store = await open();
    await store.eraseUser("user-1");
    await store.appendFeedback(others);
    expect(await store.removeFeedback({})).toBe(others.length);
    expect(await store.appendFeedback([of("user-1", 1)])).toEqual(["erased"]);
  },

  "of an erased user a digest is kept, and nothing else": async ({ open }) => {
    const store = await open();
    expect(await store.readErasedUsers()).toEqual([]);
    await store.appendFeedback(everybodys);
    for (const userId of ["user-1", "user-2", "unknown", "user-1"]) await store.eraseUser(userId);
    const digests = ["user-1", "user-2", "unknown"].map(userDigest);
    expect([...(await store.readErasedUsers())].sort()).toEqual(digests.sort());
  },

  "users who were erased elsewhere are refused by their digests": async ({ open }) => {
    const store = await open();
    await store.eraseUser("user-2");
    const digests = ["user-1", "user-2"].map(userDigest).sort();
    await store.addErasedUsers([]);
    // Copying may be repeated.
    for (const more of [digests, digests]) await store.addErasedUsers(more);
    expect([...(await store.readErasedUsers())].sort()).toEqual(digests);
    expect(await store.appendFeedback(everybodys)).toEqual([
      "erased",
      "erased",
      "stored",
      "erased",
      "stored",
    ]);
  },

  "a user of any name is erased alone": async ({ open }) => {
    const store = await open();
    const users = ["a", "A", ...awkwardTexts];
    const events = users.map((userId, n) => of(userId, n));
    await store.appendFeedback(events);
    const erased = users.filter((_, n) => n % 6 === 0);
    for (const userId of erased) expect(await store.eraseUser(userId), userId).toBe(1);
    expect(await store.appendFeedback(events)).toEqual(
      users.map((userId) => (erased.includes(userId) ? "erased" : "duplicate")),
    );
    expect(await readFeedback(store)).toEqual(events.filter((_, n) => n % 6 !== 0));
  },

  "erasing is for one tenant: the same user of another stays": async ({ open, newTenant }) => {
    const [one, two] = [await open(newTenant()), await open(newTenant())];
    for (const store of [one, two]) await store.appendFeedback(everybodys);
    expect(await one.eraseUser("user-1")).toBe(2);
    expect(await readFeedback(two)).toEqual(everybodys);
    expect(await two.appendFeedback([of("user-1", 8)])).toEqual(["stored"]);
    expect(await one.appendFeedback([of("user-1", 8)])).toEqual(["erased"]);
    expect(await two.readErasedUsers()).toEqual([]);
  },

  "appends that race an erasure leave nothing of the user": async ({ open }) => {
    const store = await open();
    const batches = Array.from({ length: 10 }, (_, at) => [of("user-1", 2 * at), of("user-2", 2 * at + 1)]);
    await Promise.all(
      batches.flatMap((batch, at) => [
        store.appendFeedback(batch),
        ...(at === 4 ? [store.eraseUser("user-1")] : []),
      ]),
    );
    expect(await readFeedback(store)).toEqual(batches.map(([, other]) => other));
  },

  "after an erasure requests fold as if the user had never been": async ({ open, samples }) => {
    for (const requests of samples(arbitraryRequests(40, 60))) {
      const { records, events } = itemsOf(requests);
      const own = events.filter(({ userId }) => userId === "user-1");
      const [store, model] = [await open(), memoryStore()];
      for (const one of [store, model]) await one.appendEvaluations(records);
      await store.appendFeedback(events);
      await model.appendFeedback(events.filter((event) => !own.includes(event)));
      // A look before: what is derived from the events has to follow.
      await foldedBy(store);
      expect(await store.eraseUser("user-1")).toBe(own.length);
      expectAlike(await foldedBy(store), await foldedBy(model));
    }
  },
} satisfies Laws;
