import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { middle } from "./arbitrary-requests.ts";
import { event, record } from "./make-items.ts";

const at = (ms: number): Date => new Date(middle.getTime() + ms);

interface Said {
  readonly ms?: number;
  readonly [field: string]: unknown;
}

const up = { type: "explicit_thumbs_up", value: true };
const down = { type: "explicit_thumbs_down", value: true };
const rated = (value: number) => ({ type: "explicit_rating", value });
const taken = (value: "thumb" | "rating" | "comment") => ({ type: "explicit_retraction", value });
const seen = { type: "implicit_exposure", value: { visibleMs: 1, activeMs: 0 } };
const discarded = { type: "implicit_discard", value: "undone" };
const ann = { userId: "ann" };
const bob = { userId: "bob" };
const cohort = { metadata: { userCohort: "new" } };

/** What was said of one request each, in the order of the ids: by nobody known, unless a user is named. */
const sayings: Readonly<Record<string, readonly Said[]>> = {
  "a later vote without metadata": [
    { ...up, ...ann, ...cohort },
    { ...down, ...ann, ms: 1 },
  ],
  "a later vote with metadata": [
    { ...up, ...ann },
    { ...down, ...ann, ...cohort, ms: 1 },
  ],
  "a later rating without metadata": [
    { ...rated(2), ...ann, ...cohort },
    { ...rated(4), ...ann, ms: 1 },
  ],
  "an earlier vote that comes later": [
    { ...up, ...ann, ms: 1 },
    { ...down, ...ann },
  ],
  "two votes at one moment": [
    { ...up, ...ann },
    { ...down, ...ann },
  ],
  "a thumb and a rating": [
    { ...up, ...ann },
    { ...rated(2), ...ann, ms: 1 },
  ],
  "votes of two users and of nobody": [{ ...up, ...ann }, { ...down, ...bob }, up, down, down],
  "a thumb that was taken back": [
    { ...up, ...ann },
    { ...rated(2), ...ann },
    { ...taken("thumb"), ...ann, ms: 1 },
  ],
  "a rating that was taken back": [
    { ...up, ...ann },
    { ...rated(2), ...ann },
    { ...taken("rating"), ...ann, ms: 1 },
  ],
  "a vote that was taken back at one moment": [
    { ...up, ...ann },
    { ...taken("thumb"), ...ann },
  ],
  "a vote that was taken back before": [
    { ...taken("thumb"), ...ann },
    { ...up, ...ann, ms: 1 },
  ],
  "a vote after one that was taken back": [
    { ...up, ...ann, ...cohort },
    { ...taken("thumb"), ...ann, ms: 1 },
    { ...down, ...ann, ms: 2 },
  ],
  "a vote that somebody else took back": [
    { ...up, ...ann },
    { ...taken("thumb"), ...bob, ms: 1 },
  ],
  "a vote of nobody, taken back by nobody": [up, { ...taken("thumb"), ms: 1 }],
  "comments alone": [
    { type: "explicit_text_comment", value: "so so", ...ann },
    { ...taken("comment"), ...ann, ms: 1 },
  ],
  "ratings that add up to no round number": [
    rated(1 / 3 + 1),
    rated(1.1),
    rated(4.9),
    rated(10 / 3),
    rated(2.7),
  ],
  "seen and thrown away, twice": [seen, seen, discarded, discarded],
  "a user called like nobody": [{ ...up, userId: "null" }, { ...down, userId: "undefined" }, up],
  "an empty metadata": [
    { ...up, ...ann, metadata: {} },
    { ...rated(3), ...ann, metadata: { n: 1, b: false, t: "" } },
  ],
};

export const votesInTurn: readonly FeedbackEvent[] = Object.entries(sayings).flatMap(([requestId, said], n) =>
  said.map(({ ms = 0, ...fields }, m) => event(n * 100 + m, { requestId, timestamp: at(ms), ...fields })),
);

/** What was logged of one request each, in the order of the ids. */
const parts: Readonly<Record<string, readonly Said[]>> = {
  "a later score": [{ evalScores: { overall: 0.5, style: 1 } }, { ms: 1, evalScores: { overall: 0.25 } }],
  "a score at one moment": [{ evalScores: { overall: 0.5 } }, { evalScores: { overall: 0.25 } }],
  "an earlier part that comes later": [
    { ms: 1, model: "large", metadata: { topic: "b", plan: 7 } },
    { model: "small", metadata: { topic: "a" }, evalScores: { overall: 0.5 } },
  ],
  "fields that the first part lacks": [
    { evalScores: {} },
    { ms: 1, model: "small", promptVersion: "v1", metadata: { topic: "" } },
    { ms: 2, model: "large", promptVersion: "v2", metadata: { topic: "a", userCohort: "new" } },
  ],
  "the same moment, told apart by ids": [
    { model: "small", metadata: { topic: "a" } },
    { model: "large", metadata: { topic: "b" } },
  ],
  "begun before the middle, ended after it": [{ ms: -1 }, { ms: 1, evalScores: { overall: 0.5 } }],
  "labels of other kinds": [{ metadata: { topic: 1e21, plan: true, userCohort: 0.1 } }],
  "nothing known": [{}],
  "a later vote without metadata": [{ ms: 5, metadata: { topic: "c" } }],
  "a thumb that was taken back": [{ evalScores: { audit: 0 } }],
};

export const partsOfRequests: readonly EvaluationRecord[] = Object.entries(parts).flatMap(
  ([requestId, told], n) =>
    told.map(({ ms = 0, ...fields }, m) => record(n * 100 + m, { requestId, timestamp: at(ms), ...fields })),
);
