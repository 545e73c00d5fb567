import fc from "fast-check";
import { expect } from "vitest";
import { byId, collectionsOf } from "../collections.ts";
import { arbitraryEvents } from "../data/arbitrary-items.ts";
import { awkwardTexts } from "../data/awkward-texts.ts";
import { idOf } from "../data/make-items.ts";
import type { Laws } from "../laws.ts";

export const paging = {
  "pages neither skip nor repeat, whatever order the items arrived in": async ({ open, samples }) => {
    const arrivals = fc.tuple(arbitraryEvents({ min: 30, max: 50 }), fc.integer({ min: 4, max: 9 }));
    for (const [events, limit] of samples(arrivals)) {
      const [{ append, readAll }] = collectionsOf(await open());
      for (const batch of [events.slice(0, 10), events.slice(10)]) await append(batch);
      expect(await readAll({}, limit)).toEqual(byId(events));
    }
  },

  "items that arrive while somebody turns the pages are on none or on one": async ({ open }) => {
    for (const { make, append, read } of collectionsOf(await open())) {
      await append([2, 4, 6].map((n) => make(n)));
      const first = await read({}, { limit: 2 });
      await append([1, 3, 5, 7].map((n) => make(n)));
      const second = await read({}, { after: first.next, limit: 10 });
      expect([...first.items, ...second.items]).toEqual([2, 4, 5, 6, 7].map((n) => make(n)));
    }
  },

  "the last page says so, also when it is full": async ({ open }) => {
    for (const { make, append, read } of collectionsOf(await open())) {
      await append([make(1), make(2), make(3)]);
      expect(await read({}, { limit: 1 })).toEqual({ items: [make(1)], next: idOf(1) });
      expect(await read({}, { limit: 2 })).toEqual({ items: [make(1), make(2)], next: idOf(2) });
      for (const page of [{ after: idOf(2), limit: 2 }, { limit: 3 }, { after: idOf(3), limit: 3 }])
        expect(await read({}, page)).not.toHaveProperty("next");
      expect(await read({}, { after: idOf(3), limit: 3 })).toEqual({ items: [] });
    }
  },

  "a page may begin after any text, and ids compare byte by byte": async ({ open }) => {
    const [{ make, append, read }] = collectionsOf(await open());
    const ids = [idOf(1), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "00000000000000000000000000"];
    await append(ids.map((id) => make(0, { id })));
    await Promise.all(
      [...awkwardTexts, idOf(0), "01", "1", "7", "a", "Z", " "].map(async (after) => {
        const { items } = await read({}, { after, limit: 5 });
        expect(
          items.map(({ id }) => id),
          after,
        ).toEqual(ids.filter((id) => id > after).sort());
      }),
    );
  },
} satisfies Laws;
