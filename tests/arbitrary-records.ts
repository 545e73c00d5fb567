import type { EvaluationFilter, FeedbackFilter } from "@heed/core";
import {
  discardSchema,
  downReasonSchema,
  type EvaluationRecord,
  type FeedbackEvent,
  type FeedbackType,
  upReasonSchema,
  usageSchema,
} from "@heed/schema";
import fc from "fast-check";

/** Texts that a careless store would take for something else: SQL, patterns, placeholders, numbers, JSON. */
export const awkwardTexts: readonly string[] = [
  "'; DROP TABLE feedback_events; --",
  '" OR 1=1 --',
  "%",
  "_",
  "\\",
  "\\'",
  "$1",
  "?1",
  ":id",
  "{x:String}",
  "007",
  "1e3",
  "null",
  "true",
  '{"a":1}',
  "[]",
  " leading and trailing ",
  "e\u0301 is not \u00e9",
  "👩‍👩‍👧 \u202e Ω",
];

const names = fc.constantFrom("a", "A", ...awkwardTexts);
const texts = fc.oneof(names, fc.constantFrom("", "line\nbreak\ttab\r\n", "x".repeat(65_536)));
const requestIds = fc.constantFrom("req-1", "req-2", "REQ-1", "req-1 ", "req_1", "'; --");
const userIds = fc.constantFrom("user-1", "user-2", "%");
// Negative zero is no number of JSON's.
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
const shares = fc.double({ min: 0, max: 1, noNaN: true }).map((number) => number + 0);
const keys = fc.constantFrom("userCohort", "b", "B", "a.b", "toString", "k".repeat(64));

const moments = fc.oneof(
  fc.constantFrom(0, 1, Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1) + 1, Date.UTC(2200, 0, 1) - 1),
  fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) - 1 }),
);
const timestamps = moments.map((timeMs) => new Date(timeMs));

const optional = <Shape extends object>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  fc.record(shape, { requiredKeys: [], noNullPrototype: true });

const metadata = fc.dictionary(keys, fc.oneof(texts, numbers, fc.boolean()), {
  maxKeys: 5,
  noNullPrototype: true,
});

const reasons = <Reason>(all: readonly Reason[]) =>
  optional({ reasons: fc.subarray([...all], { minLength: 1 }) });

const sayings = fc.oneof(
  fc
    .tuple(fc.constant({ type: "explicit_thumbs_up", value: true }), reasons(upReasonSchema.options))
    .map(([thumb, why]) => ({ ...thumb, ...why })),
  fc
    .tuple(fc.constant({ type: "explicit_thumbs_down", value: true }), reasons(downReasonSchema.options))
    .map(([thumb, why]) => ({ ...thumb, ...why })),
  fc.record({
    type: fc.constant("explicit_rating"),
    value: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double({ min: 1, max: 5, noNaN: true })),
  }),
  fc.record({
    type: fc.constant("explicit_text_comment"),
    value: texts.filter(({ length }) => length > 0),
  }),
  fc.record({
    type: fc.constant("explicit_retraction"),
    value: fc.constantFrom("thumb", "rating", "comment"),
  }),
  fc.record(
    { type: fc.constant("implicit_usage"), value: fc.constantFrom(...usageSchema.options), share: shares },
    { requiredKeys: ["type", "value"], noNullPrototype: true },
  ),
  fc.record({ type: fc.constant("implicit_discard"), value: fc.constantFrom(...discardSchema.options) }),
  fc.record({
    type: fc.constant("implicit_edit"),
    value: fc.record(
      {
        similarity: shares,
        containment: shares,
        lengthRatio: shares,
        sampledAfterMs: fc.nat(),
        committed: fc.boolean(),
        text: texts,
      },
      { requiredKeys: ["similarity", "containment", "lengthRatio", "sampledAfterMs"], noNullPrototype: true },
    ),
  }),
  fc.record({
    type: fc.constant("implicit_exposure"),
    value: fc.record({ visibleMs: fc.nat(), activeMs: fc.nat() }, { noNullPrototype: true }),
  }),
);

/** The nth of a row of ULIDs. */
export const idOf = (n: number): string => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;

/** Gives every item an id of its own, in an order that has nothing to do with their places. */
const withIds = <Item extends object>(items: fc.Arbitrary<Item>, maxLength: number) =>
  fc
    .uniqueArray(fc.tuple(fc.nat(99_999_999), items), { maxLength, selector: ([n]) => n })
    .map((all) => all.map(([n, item]) => ({ ...item, id: idOf(n) })));

/** Events as they are stored, each with an id of its own, in any order. */
export const arbitraryEvents = (maxLength: number): fc.Arbitrary<FeedbackEvent[]> =>
  withIds(
    fc
      .tuple(
        fc.record({ requestId: requestIds, timestamp: timestamps }),
        optional({ userId: userIds, metadata }),
        sayings,
      )
      .map(([required, common, saying]) => ({ ...required, ...common, ...saying })),
    maxLength,
  ) as fc.Arbitrary<FeedbackEvent[]>;

/** Records as they are stored, each with an id of its own, in any order. */
export const arbitraryRecords = (maxLength: number): fc.Arbitrary<EvaluationRecord[]> =>
  withIds(
    fc
      .tuple(
        fc.record({ requestId: requestIds, timestamp: timestamps }),
        optional({
          prompt: texts,
          output: texts,
          evalScores: fc.dictionary(keys, numbers, { maxKeys: 4, noNullPrototype: true }),
          evaluator: fc.record(
            { name: names, version: names },
            { requiredKeys: ["name"], noNullPrototype: true },
          ),
          model: names,
          promptVersion: names,
          metadata,
        }),
      )
      .map(([required, fields]) => ({ ...required, ...fields })),
    maxLength,
  ) as fc.Arbitrary<EvaluationRecord[]>;

/** Filters with any of the conditions of both collections. */
export const arbitraryEvaluationFilters: fc.Arbitrary<EvaluationFilter> = optional({
  requestId: fc.oneof(requestIds, fc.constant("unknown")),
  since: timestamps,
  until: timestamps,
});

const types: readonly FeedbackType[] = [
  "explicit_thumbs_up",
  "explicit_rating",
  "explicit_text_comment",
  "implicit_usage",
  "implicit_exposure",
];

/** Filters with any of the conditions on events. */
export const arbitraryFeedbackFilters: fc.Arbitrary<FeedbackFilter> = fc
  .tuple(arbitraryEvaluationFilters, optional({ userId: userIds, types: fc.subarray([...types]) }))
  .map(([common, own]) => ({ ...common, ...own }));
