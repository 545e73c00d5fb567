import { HeedError, memoryStore, recordFeedback, type Store } from "@heed/core";
import { type FeedbackEventInput, newId } from "@heed/schema";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createHandler, type HandlerOptions } from "./create-handler.ts";
import { ask, thumbUp } from "./testing/ask.ts";

const serverKey = "the-key-of-the-server";
const asServer = { authorization: `Bearer ${serverKey}` };

let store: Store;
beforeEach(() => {
  store = memoryStore();
});

const handlerOf = (options: Partial<HandlerOptions> = {}) =>
  createHandler({ store, serverKeys: [serverKey], ...options });

test("evaluations are recorded, and summaries are of what was recorded", async () => {
  const handler = handlerOf();
  const record = { id: newId(), requestId: "req-1", evalScores: { overall: 0.8 } };
  const recorded = await ask(handler, "POST", "/v1/evaluations", {
    body: { records: [record] },
    headers: asServer,
  });
  expect(recorded.body).toEqual({ results: [{ id: record.id, status: "stored" }] });
  expect((await store.readEvaluations({}, { limit: 9 })).items).toMatchObject([record]);

  await recordFeedback(store, [
    thumbUp({ userId: "user-1" }),
    thumbUp({ userId: "user-2" }),
  ] as FeedbackEventInput[]);
  const { status, body } = await ask(handler, "GET", "/v1/requests/req-1/summary", { headers: asServer });
  expect([status, body.requestId, body.thumbsUp]).toEqual([200, "req-1", 2]);
});

test("an evaluation may be larger than feedback may", async () => {
  const records = [
    { requestId: "req-1", output: "x".repeat(200_000) },
    { requestId: "req-2", output: "x".repeat(200_000) },
  ];
  const answer = await ask(handlerOf(), "POST", "/v1/evaluations", { body: { records }, headers: asServer });
  expect(answer.status).toBe(200);
});

describe("the id in the path of a summary", () => {
  const summaryOf = (path: string) =>
    ask(handlerOf(), "GET", `/v1/requests/${path}/summary`, { headers: asServer });

  test.each(["a/b", "a b?c#d", "é😀", "%", "..a", "x".repeat(256)])("%s is decoded", async (requestId) => {
    await recordFeedback(store, thumbUp({ requestId }) as FeedbackEventInput);
    const { status, body } = await summaryOf(encodeURIComponent(requestId));
    expect([status, body.requestId, body.thumbsUp]).toEqual([200, requestId, 1]);
  });

  test.each(["%E0%A4%A", "%", "%zz", "%00", "a%0Ab", "x".repeat(257)])("%s is refused", async (path) => {
    const { status, body } = await summaryOf(path);
    expect([status, body.error.code]).toEqual([400, "INVALID_QUERY"]);
  });
});

describe("who may do what", () => {
  const callers = {
    server: "server",
    user: { userId: "user-1" },
    anonymous: "anonymous",
    nobody: null,
  } as const;
  const record = { requestId: "req-1" };
  const routes = {
    feedback: ["POST", "/v1/feedback", { events: [thumbUp()] }],
    evaluations: ["POST", "/v1/evaluations", { records: [record] }],
    summary: ["GET", "/v1/requests/req-1/summary", undefined],
    health: ["GET", "/v1/health", undefined],
  } as const;

  test.each<[keyof typeof callers, boolean, Record<keyof typeof routes, number>]>([
    ["server", false, { feedback: 200, evaluations: 200, summary: 200, health: 200 }],
    ["user", false, { feedback: 200, evaluations: 403, summary: 403, health: 200 }],
    ["user", true, { feedback: 200, evaluations: 403, summary: 403, health: 200 }],
    ["anonymous", false, { feedback: 401, evaluations: 401, summary: 401, health: 200 }],
    ["anonymous", true, { feedback: 200, evaluations: 401, summary: 401, health: 200 }],
    ["nobody", false, { feedback: 401, evaluations: 401, summary: 401, health: 200 }],
    ["nobody", true, { feedback: 401, evaluations: 401, summary: 401, health: 200 }],
  ])("%s, allowAnonymous %s", async (caller, allowAnonymous, expected) => {
    const handler = handlerOf({ authorize: () => callers[caller], allowAnonymous });
    for (const [name, [method, path, body]] of Object.entries(routes)) {
      const { status, headers } = await ask(handler, method, path, { body });
      expect([name, status]).toEqual([name, expected[name as keyof typeof routes]]);
      expect(headers.get("www-authenticate")).toBe(status === 401 ? "Bearer" : null);
    }
  });

  test("without authorize a key makes the server, and a wrong one nobody", async () => {
    const handler = handlerOf({ allowAnonymous: true });
    const statusWith = async (headers: Record<string, string>) =>
      (await ask(handler, "POST", "/v1/feedback", { body: { events: [thumbUp()] }, headers })).status;
    expect(await statusWith({})).toBe(200);
    expect(await statusWith(asServer)).toBe(200);
    expect(await statusWith({ authorization: "Bearer not-the-key-of-the-server" })).toBe(401);
  });

  test("whoever may not is refused before the body is read", async () => {
    const request = new Request("http://heed.test/v1/feedback", { method: "POST", body: "[" });
    expect((await handlerOf()(request)).status).toBe(401);
    expect(request.bodyUsed).toBe(false);
  });
});

describe("where nothing is, or another method", () => {
  test.each([
    "/",
    "/v1",
    "/v1/feedback/",
    "/v1/Feedback",
    "//v1/feedback",
    "/v1/requests//summary",
    "/v1/requests/a/b/summary",
    "/v1/requests/a/summary/",
    "/v2/feedback",
    "/__proto__",
  ])("%s is not found", async (path) => {
    const { status, body } = await ask(handlerOf(), "GET", path, { headers: asServer });
    expect([status, body.error.code]).toEqual([404, "NOT_FOUND"]);
  });

  test.each([
    ["GET", "/v1/feedback", "POST, OPTIONS"],
    ["PUT", "/v1/feedback", "POST, OPTIONS"],
    ["DELETE", "/v1/evaluations", "POST, OPTIONS"],
    ["POST", "/v1/health", "GET, OPTIONS"],
    ["PATCH", "/v1/requests/req-1/summary", "GET, OPTIONS"],
    ["PROPFIND", "/v1/health", "GET, OPTIONS"],
  ])("%s %s is not allowed", async (method, path, allowed) => {
    const { status, headers, body } = await ask(handlerOf(), method, path);
    expect([status, body.error.code, headers.get("allow")]).toEqual([405, "METHOD_NOT_ALLOWED", allowed]);
  });

  test("the base path comes before every route, and only there", async () => {
    const handler = handlerOf({ basePath: "/heed" });
    expect((await ask(handler, "GET", "/heed/v1/health")).status).toBe(200);
    expect((await ask(handler, "GET", "/heed/v1/requests/a/summary", { headers: asServer })).status).toBe(
      200,
    );
    for (const path of ["/v1/health", "/heedv1/health", "/heed", "/other/v1/health"])
      expect((await ask(handler, "GET", path)).status).toBe(404);
  });

  test.each(["heed", "/heed/", "/", "/heed?"])("%s is refused as a base path", (basePath) => {
    expect(() => handlerOf({ basePath })).toThrow("basePath");
  });
});

describe("a page of another origin", () => {
  const origin = "https://example.com";
  const handler = () => handlerOf({ cors: { origins: [origin] } });
  const allowed = "access-control-allow-origin";

  test("may ask first, and is answered without showing who it is", async () => {
    const headers = { origin, "access-control-request-method": "POST" };
    const { status, headers: answered, body } = await ask(handler(), "OPTIONS", "/v1/feedback", { headers });
    expect([status, body, answered.get(allowed)]).toEqual([204, null, origin]);
    expect(answered.get("access-control-allow-methods")).toContain("POST");
  });

  test("that is not on the list gets the same answers, which its browser then keeps from it", async () => {
    const { status, headers } = await ask(handler(), "OPTIONS", "/v1/feedback", {
      headers: { origin: "https://evil.test" },
    });
    expect([status, headers.get(allowed)]).toEqual([204, null]);
  });

  test("may read refusals too, and when to come back", async () => {
    await store.close();
    const failing = handlerOf({ cors: { origins: [origin] }, allowAnonymous: true, onError: () => {} });
    const { status, headers } = await ask(failing, "POST", "/v1/feedback", {
      body: { events: [thumbUp()] },
      headers: { origin },
    });
    expect([status, headers.get(allowed)]).toEqual([503, origin]);
    expect(headers.get("access-control-expose-headers")).toContain("Retry-After");
  });

  test("never learns that cookies would do, and every answer varies by origin", async () => {
    for (const [method, path] of [
      ["GET", "/v1/health"],
      ["GET", "/nowhere"],
      ["OPTIONS", "/v1/feedback"],
    ] as const) {
      const { headers } = await ask(handler(), method, path, { headers: { origin } });
      expect(headers.get("access-control-allow-credentials")).toBeNull();
      expect(headers.get("vary")).toBe("Origin");
    }
  });
});

describe("a failure that is not the caller's", () => {
  const failWith = async (error: unknown) => {
    const heard: [unknown, Request][] = [];
    const failing: Store = { ...store, appendFeedback: () => Promise.reject(error) };
    const handler = createHandler({
      store: failing,
      allowAnonymous: true,
      onError: (...told) => heard.push(told),
    });
    const answer = await ask(handler, "POST", "/v1/feedback", { body: { events: [thumbUp()] } });
    return { ...answer, heard };
  };

  test.each(["STORE_FAILED", "STORE_CLOSED"] as const)("%s asks to come back later", async (code) => {
    const error = new HeedError(code, "SECRET", { cause: new Error("SECRET") });
    const { status, headers, body, heard } = await failWith(error);
    expect([status, body.error.code]).toEqual([503, code]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain("SECRET");
    expect(heard.map(([told]) => told)).toEqual([error]);
  });

  test.each([
    new Error("SECRET"),
    "SECRET",
    undefined,
    new HeedError("INTERNAL", "SECRET"),
    new HeedError("toString" as never, "SECRET"),
    Object.assign(new Error("SECRET"), { code: "INVALID_EVENT", issues: [] }),
  ])("%s is told to the host alone", async (error) => {
    const { status, body, heard } = await failWith(error);
    expect(status).toBe(500);
    expect(body).toEqual({ error: { code: "INTERNAL", message: "The server cannot answer this now" } });
    expect(heard.map(([told]) => told)).toEqual([error]);
  });

  test("reaches onError with the request, but not with its body", async () => {
    const { heard } = await failWith(new Error("SECRET"));
    const [, request] = heard[0]!;
    expect([request.method, request.url]).toEqual(["POST", "http://heed.test/v1/feedback"]);
    expect(await request.text()).toBe("");
  });

  test("prints nothing by default that could hold what a user wrote", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    const failing: Store = { ...store, appendFeedback: () => Promise.reject(new Error("SECRET")) };
    await ask(createHandler({ store: failing, allowAnonymous: true }), "POST", "/v1/feedback", {
      body: { events: [thumbUp()] },
    });
    expect(printed.mock.calls).toEqual([
      ["heed: something failed; give createHandler an onError to see what"],
    ]);
    printed.mockRestore();
  });

  test("of authorize is one too", async () => {
    const onError = vi.fn();
    const authorize = () => Promise.reject(new Error("SECRET"));
    const { status } = await ask(handlerOf({ authorize, onError }), "POST", "/v1/feedback", { body: {} });
    expect([status, onError.mock.calls.length]).toEqual([500, 1]);
  });
});

test("no answer may be kept, nor taken for a page", async () => {
  for (const path of ["/v1/health", "/nowhere"]) {
    const { headers } = await ask(handlerOf(), "GET", path);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
});

test("a refusal repeats nothing of what the caller wrote", async () => {
  const mark = "MARK7";
  const handler = handlerOf({ allowAnonymous: true });
  const post = (body: unknown, headers = {}) => ask(handler, "POST", "/v1/feedback", { body, headers });
  const answers = await Promise.all([
    ask(handler, "GET", `/${mark}?${mark}#${mark}`),
    ask(handler, "GET", `/v1/requests/${mark}%/summary`, { headers: asServer }),
    ask(handler, mark, "/v1/feedback"),
    post(mark),
    post({ [mark]: [mark] }),
    post({ events: [mark] }, { "content-type": mark }),
    post({ events: [mark] }, { "content-encoding": mark }),
    post({ events: [{ ...thumbUp(), [mark]: mark, type: mark }] }),
    post({
      events: [
        thumbUp({ id: mark, requestId: `${mark}\n`, metadata: { [`${mark} `]: 1, [mark]: {} as never } }),
      ],
    }),
    post({ events: [thumbUp({ reasons: [mark as never] })] }),
    post({ events: [thumbUp({ timestamp: mark })] }),
  ]);
  for (const { status, body } of answers) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(body)).not.toContain(mark);
  }
});
