import { newId, timeOfId } from "@heed/schema";
import { expect, test } from "vitest";
import { copyStore } from "../life/copy-store.ts";
import { memoryStore } from "../memory-store.ts";
import { readChangeLog } from "./acknowledge/read-change-log.ts";
import { listChanges } from "./list-changes.ts";
import { recordAcknowledgement } from "./record-acknowledgement.ts";
import { recordChange } from "./record-change.ts";

const shipped = { change: "prompt v2", timestamp: new Date("2026-03-02"), metadata: { rollout: "canary" } };
const told = { change: "prompt v2", timestamp: new Date("2026-03-05") };

test("that users were told is kept beside the changes, and is none of them", async () => {
  const store = memoryStore();
  await recordChange(store, shipped);
  expect(await recordAcknowledgement(store, told)).toMatchObject({ status: "stored" });
  expect(await listChanges(store)).toMatchObject([shipped]);
  expect(await listChanges(store, { since: told.timestamp })).toEqual([]);
  expect(await readChangeLog(store)).toMatchObject({ changes: [shipped], acknowledgements: [told] });
});

test("without a time they were told now, and a retry changes nothing", async () => {
  const store = memoryStore();
  const id = newId();
  expect(await recordAcknowledgement(store, { change: "prompt v2", id })).toEqual({ id, status: "stored" });
  expect(await recordAcknowledgement(store, { change: "prompt v2", id })).toEqual({
    id,
    status: "duplicate",
  });
  const { acknowledgements } = await readChangeLog(store);
  expect(acknowledgements).toMatchObject([{ id, timestamp: timeOfId(id) }]);
});

test("it is no change in a copy of the store either", async () => {
  const [store, copy] = [memoryStore(), memoryStore()];
  await recordChange(store, shipped);
  await recordAcknowledgement(store, { ...told, segment: { label: "topic", value: "refunds" } });
  await copyStore(store, copy);
  expect(await listChanges(copy)).toEqual(await listChanges(store));
  expect(await readChangeLog(copy)).toEqual(await readChangeLog(store));
});

test("what names no change is rejected, and not kept", async () => {
  const store = memoryStore();
  expect(await recordAcknowledgement(store, { change: "" })).toMatchObject({ status: "rejected" });
  expect((await readChangeLog(store)).acknowledgements).toEqual([]);
});
