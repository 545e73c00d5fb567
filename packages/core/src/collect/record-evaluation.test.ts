import { type EvaluationRecordInput, limits, newId, timeOfId } from "@heed/schema";
import { beforeEach, expect, test } from "vitest";
import { memoryStore } from "../memory-store.ts";
import { readAll } from "../read-all.ts";
import type { Store } from "../store.ts";
import { recordEvaluation } from "./record-evaluation.ts";

let store: Store;
beforeEach(() => {
  store = memoryStore();
});

const stored = () => Array.fromAsync(readAll((filter, page) => store.readEvaluations(filter, page), {}));

test("a record is kept as it was given, with an id and a time", async () => {
  const record: EvaluationRecordInput = {
    requestId: "req-1",
    prompt: "Why?",
    output: "Because.",
    evalScores: { overall: 0.5 },
    evaluator: { name: "judge", version: "2" },
    model: "small",
    promptVersion: "v1",
    metadata: { userCohort: "new" },
  };
  const { id, status } = await recordEvaluation(store, record, { now: () => new Date(Date.now() + 60_000) });
  expect(status).toBe("stored");
  expect(await stored()).toEqual([{ ...record, id, timestamp: timeOfId(id!) }]);
});

test("a request without scores is kept too", async () => {
  expect(await recordEvaluation(store, { requestId: "req-1" })).toMatchObject({ status: "stored" });
});

test("each record is answered in its place", async () => {
  const record = { id: newId(), requestId: "req-1" };
  const results = await recordEvaluation(store, [
    record,
    record,
    { ...record, model: "small" },
    { requestId: "" },
    { requestId: "req-2", evalScores: { "no key": 1 } },
    { requestId: "req-3" },
  ]);
  expect(results.map(({ status }) => status)).toEqual([
    "stored",
    "duplicate",
    "conflict",
    "rejected",
    "rejected",
    "stored",
  ]);
  expect(results[4]).toEqual({
    id: null,
    status: "rejected",
    code: "INVALID_EVENT",
    issues: [{ path: "evalScores.*", message: "Invalid key in record" }],
  });
});

test("a record of 256 KiB is kept, one byte more is refused", async () => {
  const make = (output: string) => ({ requestId: "req-1", output });
  const room = limits.recordBytes - Buffer.byteLength(JSON.stringify(make("")));
  expect(await recordEvaluation(store, make("o".repeat(room)))).toMatchObject({ status: "stored" });
  expect(await recordEvaluation(store, make("o".repeat(room + 1)))).toMatchObject({
    status: "rejected",
    code: "TOO_LARGE",
  });
});
