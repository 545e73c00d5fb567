import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { readWholeRequests, requestIdsWithFeedback } from "./read-whole-requests.ts";

const day = (at: number): Date => new Date(Date.UTC(2026, 2, at));

const filled = async (requests: number) => {
  const store = memoryStore();
  const ids = Array.from({ length: requests }, (_, at) => `req-${String(at).padStart(4, "0")}`);
  await recordEvaluation(
    store,
    ids.map((requestId, at) => ({ requestId, timestamp: day(1 + at), prompt: `p${at}` })),
  );
  await recordFeedback(
    store,
    ids.map((requestId) => ({ requestId, type: "implicit_discard", value: "rejected" }) as const),
  );
  return { store, ids };
};

test("gives requests of many batches with texts and events, in the order asked for", async () => {
  const { store, ids } = await filled(600);
  const asked = ids.toReversed();
  const read = (await Array.fromAsync(readWholeRequests(store, asked))).flat();
  expect(read.map(({ requestId }) => requestId)).toEqual(asked);
  expect(read[0]).toMatchObject({ prompt: "p599", events: [{ requestId: "req-0599" }] });
});

test("leaves out what was never logged, and what is not in the period", async () => {
  const { store } = await filled(4);
  const asked = ["req-0000", "req-0001", "req-0002", "req-0003", "unknown"];
  const read = await Array.fromAsync(readWholeRequests(store, asked, { since: day(2), until: day(4) }));
  expect(read.flat().map(({ requestId }) => requestId)).toEqual(["req-0001", "req-0002"]);
});

test("stops between batches once it is told to", async () => {
  const { store, ids } = await filled(300);
  const stop = new AbortController();
  const reader = readWholeRequests(store, ids, { signal: stop.signal });
  await reader.next();
  stop.abort(new Error("enough"));
  await expect(reader.next()).rejects.toThrow("enough");
});

test("finds requests by the types of their events, each once and in order", async () => {
  const { store } = await filled(2);
  await recordFeedback(store, { requestId: "b", type: "explicit_thumbs_up", value: true });
  await recordFeedback(store, { requestId: "a", type: "explicit_thumbs_up", value: true });
  await recordFeedback(store, { requestId: "a", type: "explicit_rating", value: 2 });
  expect(await requestIdsWithFeedback(store, ["explicit_thumbs_up"])).toEqual(["a", "b"]);
  expect(await requestIdsWithFeedback(store)).toEqual(["a", "b", "req-0000", "req-0001"]);
});
