import { DatabaseSync } from "node:sqlite";
import {
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  detectDrift,
  drawAuditSample,
  estimateSatisfaction,
  findContradictions,
  findSegments,
  identifyMiscalibratedOutputs,
  listChanges,
  measureAgreement,
  measureImprovementFromChange,
  memoryStore,
  type Store,
  weightFeedbackForBalance,
  withoutFastPaths,
} from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { sqliteStore } from "@heed/store-sqlite";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "./arbitrary-records.ts";
import { shuffle } from "./support/shuffle.ts";

const dayMs = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 0, 5);
const middle = new Date(start + 12 * dayMs);

/** What happened around one request. */
const requests = fc.record({
  day: fc.integer({ min: 0, max: 24 }),
  cohort: fc.option(fc.constantFrom("new", "regular", "power"), { nil: undefined }),
  topic: fc.constantFrom("a", "b", "c"),
  score: fc.option(
    fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
    { nil: undefined },
  ),
  late: fc.option(
    fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
    { nil: undefined },
  ),
  audit: fc.option(fc.constantFrom(0, 1), { nil: undefined }),
  votes: fc.array(
    fc.record({
      user: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
      value: fc.constantFrom("up", "down", "retract", 1, 2, 3, 4.5, 5),
      cohort: fc.option(fc.constantFrom("new", "power"), { nil: undefined }),
    }),
    { maxLength: 4 },
  ),
  exposed: fc.boolean(),
  discarded: fc.boolean(),
});

type Given = Required<
  (typeof requests)["generate"] extends (...args: never[]) => { value: infer Value } ? Value : never
>;

const saying = (value: Given["votes"][number]["value"]) =>
  typeof value === "number"
    ? { type: "explicit_rating", value }
    : value === "retract"
      ? { type: "explicit_retraction", value: "thumb" }
      : { type: `explicit_thumbs_${value}`, value: true };

/** The records and events of the requests, each with an id of its own. */
const itemsOf = (given: readonly Given[]) => {
  let made = 0;
  const records: EvaluationRecord[] = [];
  const events: FeedbackEvent[] = [];
  for (const [at, { day, cohort, topic, score, late, audit, votes, exposed, discarded }] of given.entries()) {
    const common = { requestId: `req-${(at * 7919) % 1009}`, timestamp: new Date(start + day * dayMs + at) };
    const scored = (evalScores: Record<string, number>, after: number) => ({
      ...common,
      id: idOf(++made),
      timestamp: new Date(common.timestamp.getTime() + after),
      evalScores,
    });
    records.push({
      ...scored(score === undefined ? {} : { overall: score }, 0),
      prompt: `ask about ${topic}`,
      metadata: { topic, ...(cohort !== undefined && { userCohort: cohort }) },
    });
    if (late !== undefined) records.push(scored({ overall: late, style: 1 - late }, 60_000));
    if (audit !== undefined) records.push(scored({ audit }, 90_000));
    const event = (what: object) => events.push({ ...common, id: idOf(++made), ...what } as FeedbackEvent);
    for (const { user, value, cohort: own } of votes)
      event({
        ...saying(value),
        ...(user !== undefined && { userId: `user-${user}` }),
        ...(own !== undefined && { metadata: { userCohort: own } }),
      });
    if (exposed) event({ type: "implicit_exposure", value: { visibleMs: 900, activeMs: 0 } });
    if (discarded) event({ type: "implicit_discard", value: "rejected" });
  }
  return { records, events };
};

const change = { change: "middle", beforeDate: middle, afterDate: middle };

const analyses: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  correlate: (store) => correlateFeedbackWithMetrics(store, { resamples: 200 }),
  "correlate, by topic": (store) => correlateFeedbackWithMetrics(store, { level: "topic", until: middle }),
  "correlate, all scores": (store) => correlateFeedbackWithMetrics(store, { scores: "all", resamples: 0 }),
  "correlate, weighted": async (store) => {
    const weights = await weightFeedbackForBalance(store, { by: "topic", smallestCell: 1 });
    return "cells" in weights ? correlateFeedbackWithMetrics(store, { weights, resamples: 0 }) : weights;
  },
  agreement: (store) => measureAgreement(store, { evaluatorThreshold: 0.5, resamples: 50 }),
  miscalibrated: (store) => identifyMiscalibratedOutputs(store, { evaluatorThreshold: 0.5, limit: 5 }),
  segments: (store) => findSegments(store, { by: ["topic", "userCohort"], smallest: 5, q: 0.5 }),
  gaps: (store) => findSegments(store, { by: ["topic"], metric: "gap", smallest: 5, q: 0.5 }),
  contradictions: (store) => findContradictions(store, { across: "prompt", smallest: 1, q: 0.9 }),
  drift: (store) => detectDrift(store, { metric: "score", window: 7 }),
  "drift of the rate": (store) => detectDrift(store, { metric: "feedbackRate", window: 7 }),
  rates: (store) => computeFeedbackRateByCohort(store),
  weights: (store) => weightFeedbackForBalance(store, { smallestCell: 2 }),
  raking: (store) =>
    weightFeedbackForBalance(store, { by: ["userCohort", "topic"], method: "raking", smallestCell: 2 }),
  satisfaction: (store) => estimateSatisfaction(store),
  "audit sample": (store) => drawAuditSample(store, { n: 5 }),
  impact: (store) => measureImprovementFromChange(store, { ...change, adjustFor: ["topic"] }),
  "impact on votes": (store) =>
    measureImprovementFromChange(store, { ...change, metric: "humanScore", looks: 3 }),
  "impact against a control": (store) =>
    measureImprovementFromChange(store, {
      ...change,
      segment: { label: "topic", value: "a" },
      control: { label: "topic", value: "b" },
    }),
  changes: (store) => listChanges(store),
};

/** Numbers to eleven digits: engines may add in another order, and that is all they may do otherwise. */
const rounded = (value: unknown): unknown => {
  if (typeof value === "number") return Number.isFinite(value) ? Number(value.toPrecision(9)) + 0 : value;
  if (Array.isArray(value)) return value.map(rounded);
  if (value instanceof Date || value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
};

const setUp = async (store: Store): Promise<Store> => {
  await store.setup?.();
  return store;
};

const worlds = fc.array(requests, { minLength: 0, maxLength: 90 });

describe.each(Object.entries(analyses))("%s", (_, analyse) => {
  test("gives the same for any order, interleaving and repetition, by any store, with fast paths and without", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.integer(), async (given, seed) => {
        const { records, events } = itemsOf(given as Given[]);
        const plain = memoryStore();
        await plain.appendEvaluations(records);
        await plain.appendFeedback(events);
        const expected = rounded(await analyse(plain));

        const database = new DatabaseSync(":memory:");
        const mixed = await setUp(sqliteStore(database));
        // Twice over, in another order, in small pieces, with a look at the analysis between.
        const all = shuffle([...records, ...events, ...records, ...events], seed);
        for (let at = 0; at < all.length; at += 60) {
          const piece = all.slice(at, at + 60);
          await mixed.appendFeedback(piece.filter((item) => "type" in item) as FeedbackEvent[]);
          await mixed.appendEvaluations(piece.filter((item) => !("type" in item)) as EvaluationRecord[]);
          if (at === 60) await analyse(mixed);
        }
        expect(rounded(await analyse(mixed))).toEqual(expected);
        expect(rounded(await analyse(withoutFastPaths(mixed)))).toEqual(expected);
        database.close();
      }),
      { numRuns: 12, seed: 3 },
    );
  });
});

test("swapping before and after flips the sign", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: 30, maxLength: 60 }), async (given) => {
      const forward = memoryStore();
      const backward = memoryStore();
      const { records, events } = itemsOf(given as Given[]);
      const mirrored = ({ timestamp, ...item }: EvaluationRecord) => ({
        ...item,
        // One millisecond less, as the middle belongs to the time after.
        timestamp: new Date(2 * middle.getTime() - timestamp.getTime() - 1),
      });
      await forward.appendEvaluations(records);
      // Each part keeps its place within its request.
      const first = new Map<string, number>();
      for (const { requestId, timestamp } of records)
        first.set(requestId, Math.min(first.get(requestId) ?? Number.POSITIVE_INFINITY, timestamp.getTime()));
      await backward.appendEvaluations(
        records.map((record) => {
          const begun = first.get(record.requestId)!;
          const later = record.timestamp.getTime() - begun;
          const moved = mirrored({ ...record, timestamp: new Date(begun) });
          return { ...moved, timestamp: new Date(moved.timestamp.getTime() + later) };
        }),
      );
      for (const store of [forward, backward]) await store.appendFeedback(events);
      for (const metric of ["score", "humanScore", "feedbackRate", "discardRate"] as const) {
        const options = { ...change, metric };
        const there = await measureImprovementFromChange(forward, options);
        const back = await measureImprovementFromChange(backward, options);
        const flipped = { improved: "worsened", worsened: "improved" } as const;
        expect(back.verdict).toBe(
          there.verdict === "improved" || there.verdict === "worsened"
            ? flipped[there.verdict]
            : there.verdict,
        );
        if ("difference" in there && "difference" in back)
          expect(back.difference).toBeCloseTo(-there.difference, 12);
        if ("ci" in there && "ci" in back) {
          expect(back.ci[0]).toBeCloseTo(-there.ci[1], 9);
          expect(back.ci[1]).toBeCloseTo(-there.ci[0], 9);
        }
      }
    }),
    { numRuns: 25 },
  );
});
