import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { downReasonSchema, feedbackEventSchema, upReasonSchema } from "./feedback-event.ts";
import { newId } from "./id.ts";
import { limits } from "./limits.ts";

const committed = JSON.parse(readFileSync(new URL("../heed.schema.json", import.meta.url), "utf8"));
const fromJsonSchema = z.fromJSONSchema({ ...committed, $ref: "#/$defs/feedbackEvent" });

const event = (fields: object) => ({ requestId: "req-1", ...fields });
const up = (fields: object = {}) => event({ type: "explicit_thumbs_up", value: true, ...fields });
const edit = (fields: object = {}) =>
  event({
    type: "implicit_edit",
    value: { similarity: 0.5, containment: 1, lengthRatio: 1.5, sampledAfterMs: 3_000, ...fields },
  });
const exposure = (value: object) => event({ type: "implicit_exposure", value });
const withFullMetadata = (keys: number) =>
  up({ metadata: Object.fromEntries(Array.from({ length: keys }, (_, at) => [`key${at}`, at])) });

const valid: Record<string, object> = {
  "a bare thumb up": up(),
  "a thumb down with reasons": event({
    type: "explicit_thumbs_down",
    value: true,
    reasons: ["incorrect", "too_long"],
  }),
  "every common field": up({
    id: newId(),
    userId: "user-1",
    timestamp: "2026-01-02T03:04:05.678Z",
    metadata: { userCohort: "new", rank: 2, streamed: false },
  }),
  "a lowest rating": event({ type: "explicit_rating", value: 1 }),
  "a highest rating": event({ type: "explicit_rating", value: 5 }),
  "half a star": event({ type: "explicit_rating", value: 3.5 }),
  "a comment": event({ type: "explicit_text_comment", value: "Nützlich 👍" }),
  "the longest comment": event({ type: "explicit_text_comment", value: "a".repeat(8_000) }),
  "a thumb taken back": event({ type: "explicit_retraction", value: "thumb" }),
  "a rating taken back": event({ type: "explicit_retraction", value: "rating" }),
  "comments taken back": event({ type: "explicit_retraction", value: "comment" }),
  "a copy": event({ type: "implicit_usage", value: "copied" }),
  "a copy of a third": event({ type: "implicit_usage", value: "copied", share: 1 / 3 }),
  "a copy in full": event({ type: "implicit_usage", value: "copied", share: 1 }),
  "an edit": edit(),
  "an edit with its text": edit({ committed: true, text: "mended" }),
  "an edit that deleted all": edit({ similarity: 0, containment: 0, lengthRatio: 0, text: "" }),
  "a regeneration": event({ type: "implicit_discard", value: "regenerated" }),
  "an exposure": exposure({ visibleMs: 1_200.5, activeMs: 0 }),
  "a request id of 256": up({ requestId: "r".repeat(256) }),
  "a user id of 256": up({ userId: "u".repeat(256) }),
  "32 metadata keys": withFullMetadata(32),
  "a metadata text of 1,000": up({ metadata: { note: "n".repeat(1_000) } }),
  "an empty metadata text": up({ metadata: { note: "" } }),
};

const invalid: Record<string, unknown> = {
  nothing: null,
  text: "explicit_thumbs_up",
  "a list": [up()],
  "no type": event({ value: true }),
  "an unknown type": event({ type: "explicit_shrug", value: true }),
  "no request": { type: "explicit_thumbs_up", value: true },
  "no value": event({ type: "explicit_thumbs_up" }),
  "a thumb that is false": up({ value: false }),
  "a thumb of 1": up({ value: 1 }),
  "a reason of the other direction": up({ reasons: ["incorrect"] }),
  "an up reason on a thumb down": event({
    type: "explicit_thumbs_down",
    value: true,
    reasons: ["accurate"],
  }),
  "an unknown reason": up({ reasons: ["pretty"] }),
  "no reason in a list of reasons": up({ reasons: [] }),
  "the same reason twice": up({ reasons: ["clear", "clear"] }),
  "reasons beside a rating": event({ type: "explicit_rating", value: 3, reasons: ["clear"] }),
  "a rating below 1": event({ type: "explicit_rating", value: 0.99 }),
  "a rating above 5": event({ type: "explicit_rating", value: 5.01 }),
  "a rating in words": event({ type: "explicit_rating", value: "5" }),
  "an empty comment": event({ type: "explicit_text_comment", value: "" }),
  "a comment of 8,001": event({ type: "explicit_text_comment", value: "a".repeat(8_001) }),
  "a retraction of all": event({ type: "explicit_retraction", value: "all" }),
  "an unknown use": event({ type: "implicit_usage", value: "printed" }),
  "a share above 1": event({ type: "implicit_usage", value: "copied", share: 1.01 }),
  "a negative share": event({ type: "implicit_usage", value: "copied", share: -0.01 }),
  "a share of a discard": event({ type: "implicit_discard", value: "regenerated", share: 1 }),
  "a similarity above 1": edit({ similarity: 1.01 }),
  "a negative length ratio": edit({ lengthRatio: -0.1 }),
  "an edit without containment": edit({ containment: undefined }),
  "an unknown field in an edit": edit({ distance: 3 }),
  "abandonment as a discard": event({ type: "implicit_discard", value: "abandoned" }),
  "an exposure without active time": exposure({ visibleMs: 1 }),
  "a negative exposure": exposure({ visibleMs: -1, activeMs: 0 }),
  "an unknown field": up({ comment: "nice" }),
  "an empty request id": up({ requestId: "" }),
  "a request id of 257": up({ requestId: "r".repeat(257) }),
  "a user id of 257": up({ userId: "u".repeat(257) }),
  "a user id of null": up({ userId: null }),
  "a line break in a user id": up({ userId: "user\n1" }),
  "an id that is no ULID": up({ id: "1" }),
  "a time without a zone": up({ timestamp: "2026-01-02T03:04:05" }),
  "33 metadata keys": withFullMetadata(33),
  "a metadata text of 1,001": up({ metadata: { note: "n".repeat(1_001) } }),
  "a list as metadata": up({ metadata: { tags: ["a"] } }),
  "null as metadata": up({ metadata: { note: null } }),
  "a metadata key with a blank": up({ metadata: { "user cohort": "new" } }),
};

describe.each([
  ["the zod schema", feedbackEventSchema],
  ["the committed JSON Schema", fromJsonSchema],
])("%s", (_, schema) => {
  test.each(Object.entries(valid))("accepts %s", (_, input) => {
    expect(schema.safeParse(input).error).toBeUndefined();
  });

  test.each(Object.entries(invalid))("refuses %s", (_, input) => {
    expect(schema.safeParse(input).success).toBe(false);
  });
});

test.each([
  ["up", "explicit_thumbs_up", upReasonSchema.options],
  ["down", "explicit_thumbs_down", downReasonSchema.options],
])("every reason of a thumb %s may be given at once", (_, type, reasons) => {
  expect(feedbackEventSchema.safeParse(event({ type, value: true, reasons })).success).toBe(true);
});

test("the two directions share no reason but `other`", () => {
  const shared = upReasonSchema.options.filter((reason) =>
    (downReasonSchema.options as readonly string[]).includes(reason),
  );
  expect(shared).toEqual(["other"]);
});

test("a comment is measured in code points: an emoji counts once", () => {
  const comment = (value: string) =>
    feedbackEventSchema.safeParse(event({ type: "explicit_text_comment", value })).success;
  expect(comment("👍".repeat(limits.commentLength))).toBe(true);
  expect(comment("👍".repeat(limits.commentLength + 1))).toBe(false);
});

test("an edited text may be as long as an event", () => {
  const edited = (length: number) =>
    feedbackEventSchema.safeParse(edit({ text: "e".repeat(length) })).success;
  expect(edited(limits.eventBytes)).toBe(true);
  expect(edited(limits.eventBytes + 1)).toBe(false);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("%d is no rating, no share and no duration", (value) => {
  for (const input of [
    event({ type: "explicit_rating", value }),
    edit({ similarity: value }),
    edit({ lengthRatio: value }),
    exposure({ visibleMs: value, activeMs: 0 }),
  ])
    expect(feedbackEventSchema.safeParse(input).success).toBe(false);
});

test("`__proto__` and other unknown names are refused at every depth", () => {
  for (const name of ["__proto__", "constructor", "toString", "extra"]) {
    const extra = JSON.parse(`{ "${name}": 1 }`) as object;
    const merged = (target: object) =>
      Object.defineProperties(target, Object.getOwnPropertyDescriptors(extra));
    for (const input of [merged(up()), exposure(merged({ visibleMs: 1, activeMs: 1 }))])
      expect(feedbackEventSchema.safeParse(input).success, name).toBe(false);
  }
});
