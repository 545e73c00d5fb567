import { type FeedbackEventInput, type ItemResult, idSchema, limits, newId, timeOfId } from "@heed/schema";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { isHeedError } from "../errors.ts";
import { memoryStore } from "../memory-store.ts";
import { readAll } from "../read-all.ts";
import type { Store } from "../store.ts";
import { recordFeedback } from "./record-feedback.ts";

let store: Store;
beforeEach(() => {
  store = memoryStore();
});

const stored = () => Array.fromAsync(readAll((filter, page) => store.readFeedback(filter, page), {}));
const up = (fields: object = {}) =>
  ({ type: "explicit_thumbs_up", value: true, requestId: "req-1", ...fields }) as FeedbackEventInput;
const comment = (value: string) => up({ type: "explicit_text_comment", value });
const wrong = (input: unknown) => input as FeedbackEventInput;

describe("ids and timestamps", () => {
  const now = () => new Date("2199-06-01T00:00:00.000Z");

  test("an event without either gets an id and the time of its recording", async () => {
    const { id, status } = await recordFeedback(store, up(), { now: () => new Date(Date.now() + 60_000) });
    expect(status).toBe("stored");
    expect(idSchema.safeParse(id).success).toBe(true);
    const [event] = await stored();
    expect(event).toEqual({ ...up(), id, timestamp: timeOfId(id!) });
  });

  test("an event with an id alone gets the time of the id, so that its retry is the same event", async () => {
    const event = up({ id: newId() });
    expect(await recordFeedback(store, event, { now })).toEqual({ id: event.id, status: "stored" });
    expect(await recordFeedback(store, event, { now })).toEqual({ id: event.id, status: "duplicate" });
    expect((await stored())[0]!.timestamp).toEqual(timeOfId(event.id!));
  });

  test("a timestamp that was given is kept, whatever the id says", async () => {
    const timestamp = new Date("2020-02-02T02:02:02.222Z");
    await recordFeedback(store, [up({ timestamp }), up({ timestamp, id: newId() })]);
    expect((await stored()).map((event) => event.timestamp)).toEqual([timestamp, timestamp]);
  });

  test("a timestamp in the far future does not push the ids of later events there", async () => {
    await recordFeedback(store, up({ timestamp: now() }));
    expect(timeOfId(newId()).getFullYear()).toBeLessThan(2199);
  });

  test("a clock that gives no storable time is refused, and spoils no later id", async () => {
    for (const time of [Number.NaN, Date.UTC(2300, 0), -1])
      await expect(recordFeedback(store, up(), { now: () => new Date(time) })).rejects.toMatchObject({
        code: "INVALID_QUERY",
      });
    expect(idSchema.safeParse(newId()).success).toBe(true);
    expect(await stored()).toEqual([]);
  });

  test("events get ids in the order in which they were given", async () => {
    const results = await recordFeedback(
      store,
      Array.from({ length: 100 }, () => up()),
    );
    const ids = results.map(({ id }) => id!);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(100);
  });
});

describe("answers", () => {
  test("one event has one answer, a list of events a list, and no events none", async () => {
    expect(await recordFeedback(store, up())).toMatchObject({ status: "stored" });
    expect(await recordFeedback(store, [up()])).toMatchObject([{ status: "stored" }]);
    expect(await recordFeedback(store, [])).toEqual([]);
  });

  test("each item is answered in its place, and one bad item keeps none out", async () => {
    const [first, second] = [newId(), newId()];
    await recordFeedback(store, up({ id: first }));
    const results = await recordFeedback(store, [
      up({ id: first }),
      wrong(null),
      up({ id: first, userId: "user-1" }),
      up({ id: second, value: false }),
      up({ id: second }),
      up({ id: second }),
      up({ id: "not an id" }),
    ]);
    expect(results.map(({ id, status }) => [id, status])).toEqual([
      [first, "duplicate"],
      [null, "rejected"],
      [first, "conflict"],
      [second, "rejected"],
      [second, "stored"],
      [second, "duplicate"],
      [null, "rejected"],
    ]);
    expect(await stored()).toHaveLength(2);
  });

  test("of a conflict the first write stands", async () => {
    const event = up({ id: newId(), userId: "user-1" });
    await recordFeedback(store, event);
    await recordFeedback(store, { ...event, userId: "user-2" });
    expect(await stored()).toMatchObject([{ userId: "user-1" }]);
  });

  test("a rejected item is told where it is wrong", async () => {
    const metadata = { "user cohort": "new" };
    const result = await recordFeedback(store, up({ value: 1, metadata, extra: 1 }));
    expect(result).toEqual({
      id: null,
      status: "rejected",
      code: "INVALID_EVENT",
      issues: [
        { path: "metadata.*", message: "Invalid key in record" },
        { path: "value", message: "Invalid input: expected true" },
        { path: "", message: "Unknown field" },
      ],
    });
  });

  test("the same event in another order of keys is a duplicate", async () => {
    const event = up({ id: newId(), metadata: { a: 1, b: 2 } });
    await recordFeedback(store, event);
    const reversed = Object.fromEntries(Object.entries({ ...event, metadata: { b: 2, a: 1 } }).reverse());
    expect(await recordFeedback(store, wrong(reversed))).toMatchObject({ status: "duplicate" });
  });

  test("text with a lone surrogate or NUL is stored as U+FFFD, and its retry is a duplicate", async () => {
    const event = { ...comment("a\ud800\0"), id: newId() };
    await recordFeedback(store, event);
    expect(await recordFeedback(store, event)).toMatchObject({ status: "duplicate" });
    expect(await stored()).toMatchObject([{ value: "a\ufffd\ufffd" }]);
  });
});

describe("size", () => {
  /** An edit event of exactly so many bytes of JSON in UTF-8. */
  const editOf = (bytes: number, filler: string) => {
    const make = (text: string) =>
      up({
        type: "implicit_edit",
        value: { similarity: 1, containment: 1, lengthRatio: 1, sampledAfterMs: 0, text },
      });
    const room = bytes - Buffer.byteLength(JSON.stringify(make("")));
    const width = Buffer.byteLength(filler);
    return make(filler.repeat(Math.floor(room / width)) + "a".repeat(room % width));
  };

  test.each(["a", "ü", "€", "👍"])(
    "an event of 32 KiB of %s is kept, one byte more is refused",
    async (filler) => {
      expect(await recordFeedback(store, editOf(limits.eventBytes, filler))).toMatchObject({
        status: "stored",
      });
      expect(await recordFeedback(store, editOf(limits.eventBytes + 1, filler))).toEqual({
        id: null,
        status: "rejected",
        code: "TOO_LARGE",
        issues: [{ path: "", message: "At most 32768 bytes of JSON" }],
      });
    },
  );
});

test("a store that fails rejects, and nothing is known to be stored", async () => {
  await store.close();
  const error = await recordFeedback(store, up()).catch((caught: unknown) => caught);
  expect(isHeedError(error, "STORE_CLOSED")).toBe(true);
});

test("events that are all refused never reach the store", async () => {
  await store.close();
  expect(await recordFeedback(store, [wrong({}), wrong(1)])).toHaveLength(2);
});

describe("for any input", () => {
  const secret = "Zq7xSECRETxq7Z";
  const text = fc.oneof(
    fc.constant(secret),
    fc.string().map((around) => `${around}${secret}`),
  );
  const names = fc.constantFrom(
    ...["id", "requestId", "type", "value", "reasons", "userId", "timestamp", "metadata", "__proto__"],
    ...["evalScores", "similarity", "text", "visibleMs", "constructor", secret],
  );
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.constantFrom(null, true, 1, "explicit_thumbs_up", "implicit_edit", "thumb", "copied"),
      fc.double(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(names, text), tie("value"), { maxKeys: 8 }),
    ),
  })).value;
  /** Valid events with one field spoilt, which reach deeper than chance does. */
  const spoilt = fc.tuple(names, json).map(([name, value]) => up({ [name]: value, userId: secret }));

  test("no answer contains text of the input, and what is not stored leaves no trace", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(json, spoilt), async (input) => {
        store = memoryStore();
        const inputs = Array.isArray(input) ? input : [input];
        const results: readonly ItemResult[] = await recordFeedback(store, inputs.map(wrong));
        expect(results).toHaveLength(inputs.length);
        expect(JSON.stringify(results)).not.toContain(secret);
        const kept = results.filter(({ status }) => status === "stored");
        expect(await stored()).toHaveLength(kept.length);
      }),
      { numRuns: 400 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
