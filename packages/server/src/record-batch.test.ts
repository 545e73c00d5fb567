import { memoryStore, recordFeedback, type Store } from "@heed/core";
import { batchAnswerSchema, errorBodySchema, type FeedbackEventInput } from "@heed/schema";
import { beforeEach, describe, expect, test } from "vitest";
import { createHandler, type HandlerOptions } from "./create-handler.ts";
import type { Caller } from "./identify-caller.ts";
import { ask, thumbUp } from "./testing/ask.ts";

let store: Store;
beforeEach(() => {
  store = memoryStore();
});

const handlerOf = (options: Partial<HandlerOptions> = {}) =>
  createHandler({ store, allowAnonymous: true, ...options });

const storedEvents = async () => (await store.readFeedback({}, { limit: 1_000 })).items;

describe("a batch of feedback", () => {
  const post = (events: unknown, options: Partial<HandlerOptions> = {}) =>
    ask(handlerOf(options), "POST", "/v1/feedback", { body: { events } });

  test("is answered item by item, in order", async () => {
    const [there, fresh] = [thumbUp(), thumbUp()];
    await recordFeedback(store, there as FeedbackEventInput);
    const { status, headers, body } = await post([
      fresh,
      there,
      { ...there, requestId: "req-2" },
      { ...thumbUp(), type: "explicit_rating", value: 9 },
    ]);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(batchAnswerSchema.parse(body).results).toMatchObject([
      { id: fresh.id, status: "stored" },
      { id: there.id, status: "duplicate" },
      { id: there.id, status: "conflict" },
      { status: "rejected", code: "INVALID_EVENT", issues: [{ path: "value" }] },
    ]);
    expect((await storedEvents()).map(({ id }) => id)).toEqual([there.id, fresh.id]);
  });

  test("sent twice is stored once, and both answers are good news", async () => {
    const events = [thumbUp(), thumbUp()];
    expect((await post(events)).body.results.map(({ status }: { status: string }) => status)).toEqual([
      "stored",
      "stored",
    ]);
    const again = await post(events);
    expect(again.status).toBe(200);
    expect(again.body.results.map(({ status }: { status: string }) => status)).toEqual([
      "duplicate",
      "duplicate",
    ]);
    expect(await storedEvents()).toHaveLength(2);
  });

  test("is answered only after the store has committed", async () => {
    const commit = Promise.withResolvers<void>();
    const slow: Store = {
      ...store,
      appendFeedback: async (events) => {
        await commit.promise;
        return store.appendFeedback(events);
      },
    };
    let answered = false;
    const answer = post([thumbUp()], { store: slow }).finally(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toBe(false);
    commit.resolve();
    expect((await answer).status).toBe(200);
  });

  test("of which nothing is valid is a 400 that says where and what", async () => {
    const { status, body } = await post([thumbUp({ value: 7 as never }), 3, { ...thumbUp(), extra: 1 }]);
    expect(status).toBe(400);
    expect(errorBodySchema.parse(body).error).toMatchObject({
      code: "INVALID_EVENT",
      issues: [
        { path: "events.0.value" },
        { path: "events.1" },
        { path: "events.2", message: "Unknown field" },
      ],
    });
    expect(await storedEvents()).toEqual([]);
  });

  test("of which every item is too large is a 413", async () => {
    const edit = {
      similarity: 1,
      containment: 1,
      lengthRatio: 1,
      sampledAfterMs: 1,
      text: "é".repeat(20_000),
    };
    const { status, body } = await post([thumbUp({ type: "implicit_edit", value: edit })]);
    expect([status, body.error.code]).toEqual([413, "TOO_LARGE"]);
  });

  test("holds a hundred items and not one more", async () => {
    expect((await post(Array.from({ length: 100 }, () => thumbUp()))).status).toBe(200);
    const { status, body } = await post(Array.from({ length: 101 }, () => thumbUp()));
    expect([status, body.error.code]).toEqual([413, "TOO_LARGE"]);
    expect(await storedEvents()).toHaveLength(100);
  });

  test.each([
    "[]",
    "{}",
    "null",
    "3",
    '"events"',
    '{"events":[]}',
    '{"events":{}}',
    '{"events":[1],"more":1}',
  ])("is not %s", async (body) => {
    const answer = await ask(handlerOf(), "POST", "/v1/feedback", { body });
    expect([answer.status, answer.body.error.code]).toEqual([400, "INVALID_EVENT"]);
    expect(answer.body.error.issues).toMatchObject([{ path: "events" }]);
  });

  test("may be as large as the limits say", async () => {
    const handler = handlerOf({ limits: { feedbackBytes: 300 } });
    const comment = (length: number) => ({
      ...thumbUp(),
      type: "explicit_text_comment",
      value: "x".repeat(length),
    });
    const sizes = [10, 400].map((length) =>
      ask(handler, "POST", "/v1/feedback", { body: { events: [comment(length)] } }),
    );
    expect((await Promise.all(sizes)).map(({ status }) => status)).toEqual([200, 413]);
  });
});

describe("in whose name", () => {
  const postAs = (caller: Caller, events: unknown[]) =>
    ask(handlerOf({ authorize: () => caller }), "POST", "/v1/feedback", {
      body: { events },
    });
  const namesStored = async () => (await storedEvents()).map(({ userId }) => userId);

  test("a known user's events carry that user's id", async () => {
    await postAs({ userId: "user-1" }, [thumbUp(), thumbUp({ userId: "user-1" })]);
    expect(await namesStored()).toEqual(["user-1", "user-1"]);
  });

  test("an event in another's name is rejected, and keeps no other out", async () => {
    const events = [thumbUp(), thumbUp({ userId: "user-2" }), thumbUp()];
    const { status, body } = await postAs({ userId: "user-1" }, events);
    expect(status).toBe(200);
    expect(batchAnswerSchema.parse(body).results).toMatchObject([
      { id: events[0]!.id, status: "stored" },
      { id: events[1]!.id, status: "rejected", code: "FORBIDDEN", issues: [{ path: "userId" }] },
      { id: events[2]!.id, status: "stored" },
    ]);
    expect(await namesStored()).toEqual(["user-1", "user-1"]);
  });

  test("a batch wholly in others' names is a 403", async () => {
    const { status, body } = await postAs({ userId: "user-1" }, [
      thumbUp({ userId: "user-2" }),
      thumbUp({ userId: "" }),
    ]);
    expect([status, body.error.code]).toEqual([403, "FORBIDDEN"]);
    expect(body.error.issues).toMatchObject([{ path: "events.0.userId" }, { path: "events.1.userId" }]);
  });

  test("an anonymous caller may not name a user where users can prove who they are", async () => {
    const { body } = await postAs("anonymous", [thumbUp(), thumbUp({ userId: "user-1" })]);
    expect(body.results).toMatchObject([{ status: "stored" }, { status: "rejected", code: "FORBIDDEN" }]);
    expect(await namesStored()).toEqual([undefined]);
  });

  test("a visitor's id names nobody: a known user takes its place, and an anonymous caller may keep it", async () => {
    const visitor = { userId: "anonymous:01JD0000000000000000000000" };
    await postAs({ userId: "user-1" }, [thumbUp(visitor)]);
    await postAs("anonymous", [thumbUp(visitor)]);
    expect(await namesStored()).toEqual(["user-1", visitor.userId]);
  });

  test("an anonymous caller is taken at its word where nobody can prove a name", async () => {
    const handler = handlerOf();
    await ask(handler, "POST", "/v1/feedback", {
      body: { events: [thumbUp({ userId: "visitor-7" }), thumbUp()] },
    });
    expect(await namesStored()).toEqual(["visitor-7", undefined]);
  });

  test("the server speaks for anyone", async () => {
    await postAs("server", [thumbUp({ userId: "user-1" }), thumbUp()]);
    expect(await namesStored()).toEqual(["user-1", undefined]);
  });

  test("what is no event is rejected as that, whoever calls", async () => {
    const { status, body } = await postAs({ userId: "user-1" }, [null, "x", [], 1]);
    expect([status, body.error.code]).toEqual([400, "INVALID_EVENT"]);
  });
});
