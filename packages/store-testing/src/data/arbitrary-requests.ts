import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import fc from "fast-check";
import { awkwardTexts } from "./awkward-texts.ts";
import { idOf } from "./make-items.ts";

const dayMs = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 0, 5);

/** A moment to part the requests at: some lie on it, and some one millisecond beside it. */
export const middle = new Date(start + 12 * dayMs);

const sometimes = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
// Sixteenths add up exactly in any order, so that groups with the same mean are tied on every engine.
const scores = fc.integer({ min: 0, max: 16 }).map((n) => n / 16);

/** What happened around one request. */
const request = fc.record({
  day: fc.integer({ min: 0, max: 24 }),
  isLogged: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  cohort: sometimes(fc.constantFrom("new", "regular", "power")),
  topic: fc.constantFrom("a", "b", "c"),
  plan: sometimes(fc.constantFrom("", 7, true, ...awkwardTexts.slice(0, 5))),
  model: sometimes(fc.constantFrom("small", "large")),
  score: sometimes(scores),
  late: sometimes(scores),
  audit: sometimes(fc.constantFrom(0, 1)),
  votes: fc.array(
    fc.record({
      // Some come often, and change their minds.
      user: sometimes(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 12 }))),
      value: fc.constantFrom("up", "down", "thumb", "rating", 1, 2, 3, 4.5, 5),
      cohort: sometimes(fc.constantFrom("new", "power")),
      afterMs: fc.constantFrom(0, 0, 1, 90_000),
    }),
    { maxLength: 6 },
  ),
  exposed: fc.boolean(),
  discarded: fc.boolean(),
  comment: sometimes(fc.constantFrom("so so", ...awkwardTexts)),
});

export type Given = ReturnType<(typeof request)["generate"]>["value"];

/** What happened around some requests; `itemsOf` makes records and events of it. */
export const arbitraryRequests = (minLength: number, maxLength: number): fc.Arbitrary<Given[]> =>
  fc.array(request, { minLength, maxLength, size: "max" });

const saying = (value: Given["votes"][number]["value"]) =>
  typeof value === "number"
    ? { type: "explicit_rating", value }
    : value === "thumb" || value === "rating"
      ? { type: "explicit_retraction", value }
      : { type: `explicit_thumbs_${value}`, value: true };

/** What is given, without the fields that are not. */
const given = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The records and events of the requests, each with an id of its own that does not rise with time. */
export const itemsOf = (requests: readonly Given[]) => {
  let made = 0;
  const nextId = () => idOf((++made * 7_919) % 1_000_003);
  const records: EvaluationRecord[] = [];
  const events: FeedbackEvent[] = [];

  for (const [at, request] of requests.entries()) {
    const requestId = `req-${(at * 7_919) % 1_009}`;
    const beganMs = start + request.day * dayMs + (at % 3) - 1;
    const log = (evalScores: Record<string, number>, afterMs: number, fields: object = {}) =>
      records.push({
        id: nextId(),
        requestId,
        timestamp: new Date(beganMs + afterMs),
        evalScores,
        ...fields,
      });
    const say = (what: object, afterMs = 0) =>
      events.push({
        id: nextId(),
        requestId,
        timestamp: new Date(beganMs + afterMs),
        ...what,
      } as FeedbackEvent);

    const { cohort, topic, plan, model, score, late, audit, votes } = request;
    if (request.isLogged) {
      log(score === undefined ? {} : { overall: score }, 0, {
        prompt: `ask about ${topic}`,
        metadata: given({ topic, plan, userCohort: cohort }),
        ...given({ model }),
      });
      if (late !== undefined)
        log({ overall: late, style: 1 - late }, 60_000, { metadata: { topic: "late" } });
      if (audit !== undefined) log({ audit }, 90_000);
    }
    for (const { user, value, cohort: own, afterMs } of votes)
      say(
        {
          ...saying(value),
          ...(user !== undefined && { userId: `user-${user}` }),
          ...(own !== undefined && { metadata: { userCohort: own } }),
        },
        afterMs,
      );
    if (request.exposed) say({ type: "implicit_exposure", value: { visibleMs: 900, activeMs: 0 } });
    if (request.discarded) say({ type: "implicit_discard", value: "rejected" }, 5);
    if (request.comment !== undefined)
      say({ type: "explicit_text_comment", value: request.comment, userId: "user-1" });
  }
  return { records, events };
};
