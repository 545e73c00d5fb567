import type { Store } from "@heed/core";
import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import fc from "fast-check";
import {
  arbitraryChangeFilters,
  arbitraryEvaluationFilters,
  arbitraryFeedbackFilters,
} from "./arbitrary-filters.ts";
import { changeFields, eventFields, recordFields, userIds } from "./arbitrary-items.ts";
import { arbitraryRequests, itemsOf, middle } from "./arbitrary-requests.ts";
import { change, event, idOf, record } from "./make-items.ts";

type Verb = Exclude<
  keyof Store,
  "name" | "close" | "setup" | "scanRequests" | "countRequests" | "groupRequests"
>;

/** One call of a verb, to be made of the store under test and of one in memory alike. */
export interface Step {
  readonly verb: Verb;
  readonly ask: (store: Store) => Promise<unknown>;
}

const step = <Name extends Verb>(verb: Name, ...given: Parameters<Store[Name]>): Step => ({
  verb,
  ask: (store) => Reflect.apply(store[verb], store, given),
});

/** Items whose ids come again and again: as duplicates, as conflicts, and after they were removed. */
const someOf = <Item>(fields: fc.Arbitrary<object>) =>
  fc
    .array(fc.tuple(fc.nat(30), fields), { minLength: 1, maxLength: 12, size: "max" })
    .map((all) => all.map(([n, item]) => ({ ...item, id: idOf(n) })) as Item[]);

/** Beyond a thousand rows some stores renew what they derive. */
const many = <Item>(make: (n: number, fields: object) => Item) =>
  fc.tuple(fc.integer({ min: 1_000, max: 1_100 }), fc.nat(20)).map(([length, block]) =>
    // The ids fall, so that their order is not that of the rows.
    Array.from({ length }, (_, at) =>
      make((block + 2) * 10_000 - at, { requestId: `req-${at % 5}`, timestamp: new Date(at) }),
    ),
  );

const pages = fc.constantFrom(7, 20, 5_000).map((limit) => ({ limit }));

const events = someOf<FeedbackEvent>(eventFields);
const records = someOf<EvaluationRecord>(recordFields);
const changes = someOf<ChangeRecord>(changeFields);

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: events.map((items) => step("appendFeedback", items)) },
  { weight: 4, arbitrary: records.map((items) => step("appendEvaluations", items)) },
  { weight: 1, arbitrary: many(event).map((items) => step("appendFeedback", items)) },
  { weight: 1, arbitrary: many(record).map((items) => step("appendEvaluations", items)) },
  { weight: 2, arbitrary: changes.map((items) => step("appendChanges", items)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(arbitraryFeedbackFilters, pages)
      .map(([filter, page]) => step("readFeedback", filter, page)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(arbitraryEvaluationFilters, pages)
      .map(([filter, page]) => step("readEvaluations", filter, page)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(arbitraryChangeFilters, pages)
      .map(([filter, page]) => step("readChanges", filter, page)),
  },
  { weight: 1, arbitrary: arbitraryFeedbackFilters.map((filter) => step("removeFeedback", filter)) },
  { weight: 1, arbitrary: arbitraryEvaluationFilters.map((filter) => step("removeEvaluations", filter)) },
  { weight: 1, arbitrary: arbitraryChangeFilters.map((filter) => step("removeChanges", filter)) },
  { weight: 1, arbitrary: userIds.map((userId) => step("eraseUser", userId)) },
);

/** Any verbs in any order, on items that come again and again. */
export const arbitrarySteps = (length: number): fc.Arbitrary<Step[]> =>
  fc.array(steps, { minLength: length, maxLength: length });

/**
 * A life of requests as they are analysed: every item is appended twice, in any order, in pieces with removals and an
 * erasure between them.
 */
export const arbitraryLife = (minRequests: number, maxRequests: number): fc.Arbitrary<Step[]> =>
  arbitraryRequests(minRequests, maxRequests)
    .map((requests) => {
      const { records, events } = itemsOf(requests);
      return [...records, ...events, ...records, ...events];
    })
    .chain((items) => fc.shuffledSubarray(items, { minLength: items.length }))
    .map((items) => {
      const third = Math.ceil(items.length / 3);
      const [first, second, last] = [0, 1, 2].map((at) =>
        appendOf(items.slice(at * third, (at + 1) * third)),
      );
      const requestId = items.slice(0, 10).map((item) => item.requestId);
      return [
        ...first!,
        step("removeFeedback", { until: middle, types: ["implicit_exposure"] }),
        step("removeEvaluations", { requestId, since: middle }),
        ...second!,
        step("eraseUser", "user-7"),
        step("removeFeedback", { requestId, userId: "user-1" }),
        ...last!,
        step("appendChanges", [change(1), change(2, { timestamp: middle })]),
      ];
    });

const isEvent = (item: EvaluationRecord | FeedbackEvent): item is FeedbackEvent => "type" in item;

const appendOf = (items: readonly (EvaluationRecord | FeedbackEvent)[]): Step[] => {
  const events = items.filter(isEvent);
  const records = items.filter((item) => !isEvent(item));
  return [step("appendFeedback", events), step("appendEvaluations", records as EvaluationRecord[])];
};
