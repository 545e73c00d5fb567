import {
  type ChangeRecord,
  discardSchema,
  downReasonSchema,
  type EvaluationRecord,
  type FeedbackEvent,
  upReasonSchema,
  usageSchema,
} from "@heed/schema";
import fc from "fast-check";
import { awkwardTexts } from "./awkward-texts.ts";
import { idOf } from "./make-items.ts";

const names = fc.constantFrom("a", "A", ...awkwardTexts);
const texts = fc.oneof(names, fc.constantFrom("", "line\nbreak\ttab\r\n", "x".repeat(1_000)));
export const requestIds = fc.constantFrom("req-1", "req-2", "REQ-1", "req-1 ", "req_1", "'; --");
export const userIds = fc.constantFrom("user-1", "user-2", "%");
// Negative zero is no number of JSON's.
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
const scores = fc.double({ min: -1e100, max: 1e100, noNaN: true }).map((number) => number + 0);
const shares = fc.double({ min: 0, max: 1, noNaN: true }).map((number) => number + 0);
const keys = fc.constantFrom("userCohort", "b", "B", "a.b", "a:b-c", "toString", "k".repeat(64));

const lastMoment = Date.UTC(2200, 0, 1) - 1;
export const timestamps = fc
  .oneof(
    fc.constantFrom(0, 1, Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1) + 1, lastMoment),
    fc.integer({ min: 0, max: lastMoment }),
  )
  .map((timeMs) => new Date(timeMs));

/** Objects that have any of the fields. */
export const optional = <Shape extends object>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
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

/** How many items, and from how many ids. */
export interface Amount {
  readonly min: number;
  readonly max: number;
}

/** Gives every item an id of its own, in an order that has nothing to do with their places. */
const withIds = <Fields extends object>(fields: fc.Arbitrary<Fields>, { min, max }: Amount) =>
  fc
    .uniqueArray(fc.tuple(fc.nat(99_999_999), fields), {
      minLength: min,
      maxLength: max,
      selector: ([n]) => n,
    })
    .map((all) => all.map(([n, item]) => ({ ...item, id: idOf(n) })));

/** What an event says, but for its id. */
export const eventFields = fc
  .tuple(
    fc.record({ requestId: requestIds, timestamp: timestamps }),
    optional({ userId: userIds, metadata }),
    sayings,
  )
  .map(([required, common, saying]) => ({ ...required, ...common, ...saying }));

/** What a record says, but for its id. */
export const recordFields = fc
  .tuple(
    fc.record({ requestId: requestIds, timestamp: timestamps }),
    optional({
      prompt: texts,
      output: texts,
      evalScores: fc.dictionary(keys, scores, { maxKeys: 4, noNullPrototype: true }),
      evaluator: fc.record(
        { name: names, version: names },
        { requiredKeys: ["name"], noNullPrototype: true },
      ),
      model: names,
      promptVersion: names,
      metadata,
    }),
  )
  .map(([required, fields]) => ({ ...required, ...fields }));

/** What a change says, but for its id. */
export const changeFields = fc
  .tuple(
    fc.record({ change: names, timestamp: timestamps }),
    optional({
      reason: texts,
      segment: fc.record({ label: keys, value: texts }, { noNullPrototype: true }),
      metadata,
    }),
  )
  .map(([required, fields]) => ({ ...required, ...fields }));

/** Events as they are stored, each with an id of its own, in any order. */
export const arbitraryEvents = (amount: Amount) =>
  withIds(eventFields, amount) as fc.Arbitrary<FeedbackEvent[]>;

/** Records as they are stored, each with an id of its own, in any order. */
export const arbitraryRecords = (amount: Amount): fc.Arbitrary<EvaluationRecord[]> =>
  withIds(recordFields, amount);

/** Changes as they are stored, each with an id of its own, in any order. */
export const arbitraryChanges = (amount: Amount): fc.Arbitrary<ChangeRecord[]> =>
  withIds(changeFields, amount);
