import type { OutputVerdict } from "@heed/core";
import { evaluationRecordSchema, feedbackEventSchema } from "@heed/schema";
import { expect, test } from "vitest";
import { simulateHistory } from "./simulate-history.ts";
import { simulateSequel } from "./simulate-sequel.ts";

const history = simulateHistory(7, new Date("2026-03-29T12:00:00.000Z"));
type Evaluate = Parameters<typeof simulateSequel>[1];
const good: OutputVerdict = { score: 0.8, verdict: "good" };
const bad: OutputVerdict = { score: 0.1, verdict: "bad" };

/** Knows what the judge does not. */
const wise: Evaluate = ({ prompt }) => (/refund|money back/.test(prompt!) ? bad : good);

test("it follows the history without a gap, valid, labelled simulated, and with ids of its own", () => {
  const { records, events, until } = simulateSequel(history, wise);
  expect(records).toHaveLength(3_000);
  expect(records[0]!.timestamp).toEqual(history.until);
  expect(until).toEqual(new Date("2026-04-12T12:00:00.000Z"));
  for (const record of records) expect(evaluationRecordSchema.safeParse(record).success).toBe(true);
  for (const event of events) expect(feedbackEventSchema.safeParse(event).success).toBe(true);
  const all = [...history.records, ...history.events, ...records, ...events];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set([...history.records, ...records].map(({ requestId }) => requestId)).size).toBe(9_000);
  for (const { metadata, timestamp } of [...records, ...events]) {
    expect(metadata?.simulated).toBe(true);
    expect(timestamp! >= history.until && timestamp! <= until).toBe(true);
  }
});

test("the same history and evaluator give the same sequel", () => {
  expect(simulateSequel(history, wise)).toEqual(simulateSequel(history, wise));
});

test("what was sent has the evaluator's score, and where a person answered, only the draft has one", () => {
  const { records, handedOver } = simulateSequel(history, wise);
  const persons = records.filter(({ metadata }) => metadata?.answeredBy === "person");
  expect(persons).toHaveLength(handedOver);
  expect(new Set(persons.map(({ metadata }) => metadata?.topic))).toEqual(new Set(["refunds"]));
  for (const { evalScores } of persons) expect(evalScores).toEqual({ draft: 0.1 });
  const others = records.filter(({ metadata }) => metadata?.answeredBy === "assistant");
  expect(others).toHaveLength(records.length - handedOver);
  for (const { evalScores } of others)
    expect(evalScores).toEqual({ overall: expect.any(Number), retrained: 0.8 });
});

test("an evaluator that knows of the weakness moves what users say of it, and one that calls all good moves nothing", () => {
  const { truth } = simulateSequel(history, wise);
  expect(truth.voteEffect).toBeGreaterThan(2);
  expect(truth.rightlyHandedOver).toBeGreaterThan(0.6);
  expect(truth.kappa.evaluator).toBeGreaterThan(truth.kappa.judge + 0.1);

  const blind = simulateSequel(history, () => good);
  expect(blind.handedOver).toBe(0);
  expect(blind.truth.voteEffect).toBe(0);
  expect(blind.truth.rightlyHandedOver).toBe(null);
  expect(blind.truth.kappa.evaluator).toBe(0);
});

test("nobody's mood hangs on what the evaluator says: the same users vote, and say the same of what is the same", () => {
  const votesOf = (evaluate: Evaluate) =>
    simulateSequel(history, evaluate).events.filter(({ metadata }) => metadata?.topic !== "refunds");
  expect(votesOf(wise)).toEqual(votesOf(() => good));
});
