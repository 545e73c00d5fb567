import { pearson, spearman } from "@heed/core/stats";
import { evaluationRecordSchema, feedbackEventSchema, timeOfId } from "@heed/schema";
import { describe, expect, test } from "vitest";
import { historyEnd, simulateHistory } from "./simulate-history.ts";
import { world } from "./simulated-world.ts";

const now = new Date("2026-03-29T12:00:00.000Z");
const history = simulateHistory(7, now);
const { records, events } = history;
const reacted = Map.groupBy(events, ({ requestId }) => requestId);

test("the same seed and time give the same history, another seed another one", () => {
  expect(simulateHistory(7, now)).toEqual(history);
  expect(simulateHistory(8, now).records).not.toEqual(records);
});

test("every record and event is valid, labelled simulated, and within the four weeks", () => {
  for (const record of records) expect(evaluationRecordSchema.safeParse(record).success).toBe(true);
  for (const event of events) expect(feedbackEventSchema.safeParse(event).success).toBe(true);
  for (const { metadata, timestamp, id } of [...records, ...events]) {
    expect(metadata?.simulated).toBe(true);
    expect(timestamp! >= history.from && timestamp! <= now).toBe(true);
    expect(timeOfId(id!)).toEqual(timestamp);
  }
});

test("ids are unique, and the first record marks the beginning", () => {
  expect(new Set([...records, ...events].map(({ id }) => id)).size).toBe(records.length + events.length);
  const [first] = [...records].sort((a, b) => (a.id! < b.id! ? -1 : 1));
  expect(historyEnd(first!.timestamp as Date)).toEqual(now);
});

test("of 6,000 requests about 7 % have feedback", () => {
  expect(records).toHaveLength(6_000);
  expect(reacted.size / records.length).toBeGreaterThan(0.055);
  expect(reacted.size / records.length).toBeLessThan(0.085);
});

test("the cohorts answer at different rates, each near its own", () => {
  for (const { name, answers } of world.cohorts) {
    const asked = records.filter(({ metadata }) => metadata?.userCohort === name);
    const answered = asked.filter(({ requestId }) => reacted.has(requestId));
    // Four standard errors of a share.
    const margin = 4 * Math.sqrt((answers * (1 - answers)) / asked.length);
    expect(Math.abs(answered.length / asked.length - answers)).toBeLessThan(margin);
  }
});

test("users vote both ways, rate, comment, use, throw away, change their minds and take votes back", () => {
  const types = new Set(events.map(({ type }) => type));
  expect([...types].sort()).toEqual([
    "explicit_rating",
    "explicit_retraction",
    "explicit_text_comment",
    "explicit_thumbs_down",
    "explicit_thumbs_up",
    "implicit_discard",
    "implicit_usage",
  ]);
  const changed = [...reacted.values()].filter((group) => {
    const thumbs = new Set(group.map(({ type }) => type).filter((type) => type.includes("thumbs")));
    return thumbs.size === 2;
  });
  expect(changed.length).toBeGreaterThan(3);
});

test("every request has a question of its own, and an answer about its topic", () => {
  expect(new Set(records.map(({ prompt }) => prompt)).size).toBeGreaterThan(0.95 * records.length);
  const refunds = records.filter(({ prompt }) => /refund|money back/.test(prompt!));
  expect(new Set(refunds.map(({ metadata }) => metadata?.topic))).toEqual(new Set(["refunds"]));
  for (const { output } of refunds) expect(output).toMatch(/refund/i);
  for (const { prompt, output } of records) expect(`${prompt} ${output}`).not.toMatch(/[{}]|undefined/);
});

test("the prompt changes at the start of the third week, and at no other time", () => {
  expect(history.change.timestamp).toEqual(new Date("2026-03-15T12:00:00.000Z"));
  for (const { timestamp, promptVersion } of records)
    expect(promptVersion).toBe(timestamp! < history.change.timestamp ? "v1" : "v2");
});

describe("the truth", () => {
  const score = (topic: string) =>
    records.filter(({ metadata }) => metadata?.topic === topic).map(({ evalScores }) => evalScores!.overall!);

  test("has the judge right about requests in general and wrong about one topic", () => {
    const { byRequest, overpraised } = history.truth;
    expect(byRequest.spearman).toBeGreaterThan(0.2);
    expect(byRequest.pearson).toBeGreaterThan(0.2);
    expect(overpraised.topic).toBe("refunds");
    expect(overpraised.score).toBeGreaterThan(0.8);
    expect(overpraised.vote).toBeLessThan(2.5);
    expect(overpraised.share).toBeCloseTo(score("refunds").length / records.length, 12);
    const mean = score("refunds").reduce((sum, value) => sum + value, 0) / score("refunds").length;
    expect(overpraised.score).toBeCloseTo(mean, 12);
  });

  test("has the change of the prompt help by what was built in, less where the judge is blind", () => {
    const blind = world.topics.find(({ name }) => name === world.overpraised.topic)!.share;
    expect(history.truth.scoreEffect).toBeLessThan(world.promptEffect);
    expect(Math.abs(history.truth.scoreEffect - world.promptEffect * (1 - blind))).toBeLessThan(0.01);
  });

  test("is what the votes that were given estimate", () => {
    // Standing votes by hand, for users with a single vote and nothing taken back.
    const single = [...reacted.values()].filter((group) => {
      const explicit = group.filter(({ type }) => /thumbs|rating|retraction/.test(type));
      return explicit.length === 1;
    });
    const votes = single.map((group) => {
      const vote = group.find(({ type }) => /thumbs|rating/.test(type))!;
      return typeof vote.value === "number" ? vote.value : vote.type === "explicit_thumbs_up" ? 5 : 1;
    });
    const scores = single.map(
      ([event]) => records.find(({ requestId }) => requestId === event!.requestId)!.evalScores!.overall!,
    );
    const { truth } = history;
    const [low, high] = pearson(votes, scores, { confidence: 0.999 }).ci!;
    expect(truth.byRequest.pearson).toBeGreaterThan(low);
    expect(truth.byRequest.pearson).toBeLessThan(high);
    const [lowRank, highRank] = spearman(votes, scores, { confidence: 0.999 }).ci!;
    expect(truth.byRequest.spearman).toBeGreaterThan(lowRank);
    expect(truth.byRequest.spearman).toBeLessThan(highRank);
  });
});
