import type { FeedbackFilter } from "@heed/core";
import fc from "fast-check";
import { expect } from "vitest";
import { byId, collectionsOf } from "../collections.ts";
import {
  arbitraryChangeFilters,
  arbitraryEvaluationFilters,
  arbitraryFeedbackFilters,
} from "../data/arbitrary-filters.ts";
import { arbitraryChanges, arbitraryEvents, arbitraryRecords } from "../data/arbitrary-items.ts";
import { awkwardTexts } from "../data/awkward-texts.ts";
import { day, type Item, idOf } from "../data/make-items.ts";
import type { Laws } from "../laws.ts";
import { matches } from "../matches.ts";

const amount = { min: 40, max: 60 };
const several = <Filter>(filter: fc.Arbitrary<Filter>) => fc.array(filter, { minLength: 6, maxLength: 6 });

const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

export const filtering = {
  "conditions combine with AND, and an item lacks what it has no field for": async ({ open, samples }) => {
    const cases = {
      feedback: samples(fc.tuple(arbitraryEvents(amount), several(arbitraryFeedbackFilters))),
      evaluations: samples(fc.tuple(arbitraryRecords(amount), several(arbitraryEvaluationFilters))),
      changes: samples(fc.tuple(arbitraryChanges(amount), several(arbitraryChangeFilters))),
    };
    for (const at of cases.feedback.keys())
      for (const { name, append, readAll } of collectionsOf(await open())) {
        const [items, filters] = cases[name][at]!;
        await append(items);
        for (const filter of filters)
          expect(await readAll(filter, 12)).toEqual(byId((items as Item[]).filter(matches(filter))));
        // As JavaScript may call it: the types forbid it.
        if (name !== "feedback") expect(await readAll({ userId: "user-1" }, 12)).toEqual([]);
        if (name === "changes") expect(await readAll({ requestId: "req-1" }, 12)).toEqual([]);
      }
  },

  "since is inclusive and until exclusive, to the millisecond": async ({ open }) => {
    const moment = (ms: number) => new Date(day(2).getTime() + ms);
    for (const { make, append, readAll } of collectionsOf(await open())) {
      const at = [0, 1, 2, 3].map((ms) => make(ms, { timestamp: moment(ms) }));
      await append(at);
      expect(await readAll({ since: moment(1), until: moment(3) })).toEqual(at.slice(1, 3));
      expect(await readAll({ since: moment(3) })).toEqual(at.slice(3));
      expect(await readAll({ until: moment(1) })).toEqual(at.slice(0, 1));
      expect(await readAll({ since: moment(1), until: moment(1) })).toEqual([]);
    }
  },

  "a condition of undefined is none": async ({ open }) => {
    const filter = {
      requestId: undefined,
      since: undefined,
      until: undefined,
      userId: undefined,
      types: undefined,
    };
    for (const { make, append, readAll } of collectionsOf(await open())) {
      await append([make(1), make(2)]);
      expect(await readAll(filter)).toEqual([make(1), make(2)]);
    }
  },

  "several request ids are one condition: any of them; none of them, nothing": async ({ open }) => {
    const [feedback, evaluations] = collectionsOf(await open());
    for (const { make, append, readAll } of [feedback, evaluations]) {
      await append([1, 2, 3, 4].map((n) => make(n, { requestId: `req-${n}` })));
      const requestId = ["req-4", "req-2", "req-2", "unknown"];
      expect(idsOf(await readAll({ requestId }, 1))).toEqual([idOf(2), idOf(4)]);
      expect(idsOf(await readAll({ requestId, since: day(2) }))).toEqual([]);
      expect(await readAll({ requestId: [] })).toEqual([]);
      const many = Array.from({ length: 1_000 }, (_, n) => `req-${n}`);
      expect(await readAll({ requestId: many })).toHaveLength(4);
    }
  },

  "several types are one condition: any of them; none of them, nothing": async ({ open }) => {
    const [{ make, append, readAll }] = collectionsOf(await open());
    const comment = make(2, { type: "explicit_text_comment", value: "so so" });
    const discard = make(3, { type: "implicit_discard", value: "undone" });
    await append([make(1), comment, discard]);
    const ofTypes = (...types: string[]) => readAll({ types } as FeedbackFilter);
    expect(await ofTypes("implicit_discard", "explicit_text_comment")).toEqual([comment, discard]);
    expect(await ofTypes("explicit_thumbs_up", "explicit_thumbs_up")).toEqual([make(1)]);
    expect(await ofTypes()).toEqual([]);
    expect(await ofTypes("'; --", "explicit")).toEqual([]);
  },

  "a hostile text is a value like any other, in every condition": async ({ open }) => {
    const [feedback, evaluations] = collectionsOf(await open());
    await feedback.append(awkwardTexts.map((text, n) => feedback.make(n, { requestId: text, userId: text })));
    await evaluations.append(awkwardTexts.map((text, n) => evaluations.make(n, { requestId: text })));
    await Promise.all(
      awkwardTexts.map(async (text, n) => {
        for (const filter of [{ requestId: [text, "a"] }, { userId: text }])
          expect(idsOf(await feedback.readAll(filter)), text).toEqual([idOf(n)]);
        expect(idsOf(await evaluations.readAll({ requestId: text })), text).toEqual([idOf(n)]);
      }),
    );
    const half = awkwardTexts.filter((_, n) => n % 2 === 0);
    expect(await feedback.remove({ requestId: half })).toBe(half.length);
    expect(await evaluations.remove({ requestId: half })).toBe(half.length);
    const rest = awkwardTexts.flatMap((_, n) => (n % 2 === 0 ? [] : [idOf(n)]));
    expect(idsOf(await feedback.readAll())).toEqual(rest);
    expect(idsOf(await evaluations.readAll())).toEqual(rest);
  },

  "texts are told apart by every character": async ({ open }) => {
    const texts = ["a", "A", "a ", " a", "á", "a\u0301", "ａ", "ß", "ss", "i", "İ", "ı"];
    const [feedback] = collectionsOf(await open());
    await feedback.append(texts.map((text, n) => feedback.make(n, { requestId: text, userId: text })));
    await Promise.all(
      texts.map(async (text, n) => {
        for (const filter of [{ requestId: text }, { userId: text }])
          expect(idsOf(await feedback.readAll(filter)), text).toEqual([idOf(n)]);
      }),
    );
  },
} satisfies Laws;
