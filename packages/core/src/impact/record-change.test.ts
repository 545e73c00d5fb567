import { type ChangeRecordInput, limits, newId, timeOfId } from "@heed/schema";
import { beforeEach, expect, test } from "vitest";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { listChanges } from "./list-changes.ts";
import { recordChange } from "./record-change.ts";

let store: Store;
beforeEach(() => {
  store = memoryStore();
});

test("a change is kept as it was given, with an id and a time", async () => {
  const change: ChangeRecordInput = {
    change: "prompt v2",
    reason: "answers were too long",
    segment: { label: "userCohort", value: "new" },
    metadata: { rollout: "canary" },
  };
  const { id, status } = await recordChange(store, change, { now: () => new Date(Date.now() + 60_000) });
  expect(status).toBe("stored");
  expect(await listChanges(store)).toEqual([{ ...change, id, timestamp: timeOfId(id!) }]);
});

test("a change of last week keeps its time", async () => {
  const timestamp = new Date("2026-03-02T09:00:00.000Z");
  await recordChange(store, { change: "prompt v2", timestamp });
  expect(await listChanges(store)).toMatchObject([{ change: "prompt v2", timestamp }]);
});

test("a retry changes nothing, and an id that belongs to another change is refused", async () => {
  const change = { id: newId(), change: "prompt v2" };
  expect(await recordChange(store, change)).toEqual({ id: change.id, status: "stored" });
  expect(await recordChange(store, change)).toEqual({ id: change.id, status: "duplicate" });
  expect(await recordChange(store, { ...change, change: "prompt v3" })).toMatchObject({ status: "conflict" });
  expect(await listChanges(store)).toMatchObject([{ change: "prompt v2" }]);
});

test("what is no change is rejected with what is wrong, and not kept", async () => {
  expect(await recordChange(store, { change: "" })).toMatchObject({
    status: "rejected",
    code: "INVALID_EVENT",
    issues: [{ path: "change" }],
  });
  const large = { change: "prompt v2", reason: "🙄".repeat(limits.commentLength), metadata: { note: "" } };
  large.metadata.note = "n".repeat(limits.metadataTextLength);
  expect(await recordChange(store, large)).toMatchObject({ status: "rejected", code: "TOO_LARGE" });
  expect(await listChanges(store)).toEqual([]);
});

test("a closed store rejects", async () => {
  await store.close();
  await expect(recordChange(store, { change: "prompt v2" })).rejects.toMatchObject({ code: "STORE_CLOSED" });
});
