import { type EvaluationRecord, type FeedbackEvent, newId } from "@heed/schema";
import { expect, test } from "vitest";
import { isHeedError } from "./errors.ts";
import { memoryStore } from "./memory-store.ts";

const page = { limit: 10 };

const makeEvent = () => ({
  id: newId(),
  requestId: "req-1",
  type: "explicit_thumbs_up" as const,
  value: true as const,
  reasons: ["clear" as const],
  timestamp: new Date("2026-01-02T03:04:05.678Z"),
  metadata: { userCohort: "new" },
});

const makeRecord = () => ({
  id: newId(),
  requestId: "req-1",
  timestamp: new Date("2026-01-02T03:04:05.678Z"),
  evalScores: { overall: 0.5 },
  evaluator: { name: "judge" },
});

test("a caller who changes what was appended changes nothing in the store", async () => {
  const store = memoryStore();
  const [event, record] = [makeEvent(), makeRecord()];
  const kept: [FeedbackEvent, EvaluationRecord] = structuredClone([event, record]);
  await store.appendFeedback([event]);
  await store.appendEvaluations([record]);

  event.reasons.pop();
  event.timestamp.setTime(0);
  event.metadata.userCohort = "old";
  record.evalScores.overall = 1;
  record.evaluator.name = "other";

  expect((await store.readFeedback({}, page)).items).toEqual([kept[0]]);
  expect((await store.readEvaluations({}, page)).items).toEqual([kept[1]]);
});

test("a caller who changes what was read changes nothing in the store", async () => {
  const store = memoryStore();
  const event = makeEvent();
  await store.appendFeedback([event]);

  const { items } = await store.readFeedback({}, page);
  const read = items[0]! as ReturnType<typeof makeEvent>;
  read.timestamp.setTime(0);
  read.metadata.userCohort = "old";
  (items as FeedbackEvent[]).length = 0;

  expect((await store.readFeedback({}, page)).items).toEqual([event]);
  expect(await store.appendFeedback([event])).toEqual(["duplicate"]);
});

test("closing it twice is harmless, and it refuses everything afterwards", async () => {
  const store = memoryStore();
  await store.close();
  await store.close();
  const error = await store.readFeedback({}, page).catch((caught: unknown) => caught);
  expect(isHeedError(error, "STORE_CLOSED")).toBe(true);
});
