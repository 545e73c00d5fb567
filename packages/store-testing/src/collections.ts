import type { AppendOutcome, FeedbackFilter, Page, PageRequest, Store } from "@heed/core";
import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { expect } from "vitest";
import { change, event, type Item, record } from "./data/make-items.ts";

/** One of the three collections of a store, for the laws that all of them obey. */
export interface Collection {
  readonly name: "feedback" | "evaluations" | "changes";
  /** Makes the nth item, with other fields where some are given. */
  readonly make: (n: number, fields?: object) => Item;
  readonly append: (items: readonly Item[]) => Promise<readonly AppendOutcome[]>;
  readonly read: (filter: FeedbackFilter, page: PageRequest) => Promise<Page<Item>>;
  /** Every item that matches, by pages of at most `limit`, each of which is looked over. */
  readonly readAll: (filter?: FeedbackFilter, limit?: number) => Promise<readonly Item[]>;
  readonly remove: (filter: FeedbackFilter) => Promise<number>;
}

/** The collections of a store. Filters may have conditions that items lack, as JavaScript lets them. */
export const collectionsOf = (store: Store): readonly [Collection, Collection, Collection] => [
  collection({
    name: "feedback",
    make: event,
    append: (items) => store.appendFeedback(items as FeedbackEvent[]),
    read: (filter, page) => store.readFeedback(filter, page),
    remove: (filter) => store.removeFeedback(filter),
  }),
  collection({
    name: "evaluations",
    make: record,
    append: (items) => store.appendEvaluations(items as EvaluationRecord[]),
    read: (filter, page) => store.readEvaluations(filter as object, page),
    remove: (filter) => store.removeEvaluations(filter as object),
  }),
  collection({
    name: "changes",
    make: change,
    append: (items) => store.appendChanges(items as ChangeRecord[]),
    read: (filter, page) => store.readChanges(filter as object, page),
    remove: (filter) => store.removeChanges(filter as object),
  }),
];

const collection = (verbs: Omit<Collection, "readAll">): Collection => ({
  ...verbs,
  readAll: async (filter = {}, limit = 5_000) => {
    const items: Item[] = [];
    let after: string | undefined;
    do {
      const page = await verbs.read(filter, { after, limit });
      expect(page.items.length, "items of a page").toBeLessThanOrEqual(limit);
      if (page.next !== undefined)
        expect(page.next, "where the next page begins").toBe(page.items.at(-1)?.id);
      for (const { id } of page.items) {
        expect(id > (after ?? ""), "each id beyond the one before").toBe(true);
        after = id;
      }
      items.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    return items;
  },
});

/** Items in the order of their ids. */
export const byId = (items: readonly Item[]): readonly Item[] =>
  items.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** How each id was answered, over several batches. */
export const answersById = (
  batches: readonly (readonly Item[])[],
  outcomes: readonly (readonly AppendOutcome[])[],
): ReadonlyMap<string, readonly AppendOutcome[]> => {
  const answers = batches.flatMap((batch, at) =>
    batch.map(({ id }, n) => ({ id, outcome: outcomes[at]![n]! })),
  );
  const byKey = Map.groupBy(answers, ({ id }) => id);
  return new Map([...byKey].map(([id, own]) => [id, own.map(({ outcome }) => outcome)]));
};
