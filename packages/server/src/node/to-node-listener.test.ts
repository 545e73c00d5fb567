import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { memoryStore, type Store } from "@heed/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createHandler } from "../create-handler.ts";
import { thumbUp } from "../testing/ask.ts";
import { toNodeListener } from "./to-node-listener.ts";

let store: Store;
let stop: () => Promise<unknown> = async () => {};
beforeEach(() => {
  store = memoryStore();
});
afterEach(() => {
  vi.restoreAllMocks();
  return stop();
});

const serve = async (listener: RequestListener): Promise<{ url: string; port: number }> => {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
};

const onError = vi.fn();
const serveHeed = () => {
  onError.mockClear();
  return serve(toNodeListener(createHandler({ store, allowAnonymous: true, onError })));
};

const stored = async () => (await store.readFeedback({}, { limit: 100 })).items.length;
const oneEvent = () => JSON.stringify({ events: [thumbUp()] });

/** Everything that comes back on a connection until the other side closes it or `until` is in it. */
const heardOn = async (socket: Socket, until?: string): Promise<string> => {
  let heard = "";
  socket.setEncoding("latin1");
  for await (const chunk of socket) {
    heard += chunk;
    if (until !== undefined && heard.includes(until)) break;
  }
  return heard;
};

describe("heed's own handler", () => {
  test("answers over a socket what it answers in code", async () => {
    const { url } = await serveHeed();
    const answer = await fetch(`${url}/v1/feedback`, {
      method: "POST",
      body: oneEvent(),
      headers: { "content-type": "text/plain" },
    });
    expect([answer.status, answer.headers.get("vary")]).toEqual([200, "Origin"]);
    expect(await answer.json()).toMatchObject({ results: [{ status: "stored" }] });
    expect(await stored()).toBe(1);
    const health = await fetch(`${url}/v1/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    expect((await fetch(`${url}/v1/feedback`, { method: "OPTIONS" })).status).toBe(204);
  });

  test("reads a body that comes in pieces of unknown length, up to its limit", async () => {
    const { url } = await serveHeed();
    const post = (pieces: string[]) =>
      fetch(`${url}/v1/feedback`, {
        method: "POST",
        body: ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece))),
        headers: { "content-type": "application/json" },
        duplex: "half",
      });
    expect((await post([...oneEvent()])).status).toBe(200);
    expect((await post([oneEvent(), ...Array.from({ length: 300 }, () => " ".repeat(1_024))])).status).toBe(
      413,
    );
    expect(await stored()).toBe(1);
  });

  test("puts out a bomb", async () => {
    const { url } = await serveHeed();
    const answer = await fetch(`${url}/v1/feedback`, {
      method: "POST",
      body: gzipSync(Buffer.alloc(50_000_000, " ")),
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
    });
    expect(answer.status).toBe(413);
    expect(onError).not.toHaveBeenCalled();
  });

  test("refuses a body by its declared length, before any of it is sent", async () => {
    const { port } = await serveHeed();
    const socket = connect(port, "127.0.0.1");
    socket.write(
      "POST /v1/feedback HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 262145\r\n\r\n",
    );
    expect(await heardOn(socket, "TOO_LARGE")).toContain("HTTP/1.1 413 ");
  });

  test.each([
    ["of a body of known length", "Content-Length: 999", oneEvent],
    ["of a body in pieces", "Transfer-Encoding: chunked", () => `5\r\n${oneEvent().slice(0, 5)}\r\n5\r\n`],
    ["of a compressed body", "Content-Encoding: gzip\r\nContent-Length: 999", () => ""],
  ])("forgets a client that goes away in the middle %s", async (_, header, body) => {
    const { port, url } = await serveHeed();
    const socket = connect(port, "127.0.0.1");
    socket.write(
      `POST /v1/feedback HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${header}\r\n\r\n${body()}`,
    );
    await once(socket, "connect");
    socket.destroy();
    await once(socket, "close");
    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
    expect(await stored()).toBe(0);
    expect(onError).not.toHaveBeenCalled();
  });

  test.each([
    ["GET / HTTP/1.1", "Host: user:password@evil.test"],
    ["GET /v1/health HTTP/1.1", "Host: user:password@evil.test"],
    ["GET /v1/health HTTP/1.1", "Host: [::"],
    ["GET /v1/health HTTP/1.1", "Host: :99999999"],
    ["GET //v1/health HTTP/1.1", "Host: a"],
    ["GET http://evil.test/v1/health HTTP/1.1", "Host: a"],
    ["OPTIONS * HTTP/1.1", "Host: a"],
    ["TRACE /v1/health HTTP/1.1", "Host: a"],
    ["HEAD /v1/health HTTP/1.1", "Host: a"],
    ["GET /v1/health HTTP/1.1", "Host: a\r\n__proto__: x\r\nconstructor: x"],
    ["GET /v1/health HTTP/1.1", "Host: a\r\nOrigin: \xff\xfe"],
    ["POST /v1/feedback HTTP/1.1", "Host: a\r\nContent-Length: 2\r\nContent-Length: 3"],
    ["POST /v1/feedback HTTP/1.1", "Host: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked"],
    ["POST /v1/feedback HTTP/1.1", "Host: a\r\nContent-Encoding: __proto__\r\nContent-Type: text/plain"],
    ["NONSENSE", "Host: a"],
  ])("takes %s with %s for the client's doing", async (line, headers) => {
    const { port } = await serveHeed();
    const socket = connect(port, "127.0.0.1");
    socket.end(Buffer.from(`${line}\r\n${headers}\r\nConnection: close\r\n\r\n`, "latin1"));
    expect(await heardOn(socket)).toMatch(/^HTTP\/1\.1 [24]\d\d /);
    expect(onError).not.toHaveBeenCalled();
  });

  test.each(["a:b:c", "x:99999", "[", "[::"])("a host called %s fails no authorize", async (host) => {
    const authorize = vi.fn(() => "anonymous" as const);
    const { port } = await serve(
      toNodeListener(createHandler({ store, allowAnonymous: true, authorize, onError })),
    );
    const socket = connect(port, "127.0.0.1");
    const body = oneEvent();
    socket.end(
      `POST /v1/feedback HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/plain\r\nConnection: close\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    expect(await heardOn(socket)).toMatch(/^HTTP\/1\.1 200 /);
    expect(authorize).toHaveBeenCalled();
  });

  test("says so when a body parser was there before it", async () => {
    const listener = toNodeListener(createHandler({ store, allowAnonymous: true, onError }));
    const { url } = await serve(async (incoming, response) => {
      for await (const _ of incoming);
      listener(incoming, response);
    });
    const answer = await fetch(`${url}/v1/feedback`, {
      method: "POST",
      body: oneEvent(),
      headers: { "content-type": "text/plain" },
    });
    expect(answer.status).toBe(500);
    expect(onError.mock.lastCall?.[0].message).toContain("before body parsers");
  });

  test("answers 500 when its onError throws, and tells the host of it", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    await store.close();
    const listener = toNodeListener(
      createHandler({
        store,
        allowAnonymous: true,
        onError: () => {
          throw new Error("SECRET");
        },
      }),
    );
    const { url } = await serve(listener);
    const answer = await fetch(`${url}/v1/feedback`, {
      method: "POST",
      body: oneEvent(),
      headers: { "content-type": "text/plain" },
    });
    expect([answer.status, await answer.text()]).toEqual([500, ""]);
    expect(printed.mock.lastCall).toEqual([
      expect.stringMatching(/^heed: a handler failed\n +at (?!.*SECRET).*to-node-listener\.test\.ts/s),
    ]);
  });
});

describe("any other function of web standards", () => {
  test("may call heed among other things", async () => {
    const heed = createHandler({ store, allowAnonymous: true });
    const { url } = await serve(
      toNodeListener(async (request) => {
        if (new URL(request.url).pathname.startsWith("/v1/")) return heed(request);
        return new Response(`${request.method} ${await request.text()}`, { status: 201 });
      }),
    );
    const post = (path: string, body: string) =>
      fetch(`${url}${path}`, { method: "POST", body, headers: { "content-type": "application/json" } });
    expect((await post("/v1/feedback", oneEvent())).status).toBe(200);
    expect(await stored()).toBe(1);
    const other = await post("/chat", "hello");
    expect([other.status, await other.text()]).toEqual([201, "POST hello"]);
    expect(await (await fetch(url)).text()).toBe("GET ");
  });

  test("keeps every cookie apart, and a body that is empty empty", async () => {
    const headers = new Headers([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    const { url } = await serve(toNodeListener(() => new Response(null, { status: 204, headers })));
    const answer = await fetch(url);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([204, ["a=1", "b=2"]]);
  });

  test("may stream: each piece leaves at once, and the stream ends when the client goes", async () => {
    const cancelled = Promise.withResolvers<void>();
    const { url } = await serve(
      toNodeListener(
        () =>
          new Response(
            new ReadableStream({
              start: (controller) => controller.enqueue(new TextEncoder().encode("first")),
              cancel: () => cancelled.resolve(),
            }),
          ),
      ),
    );
    const answer = await fetch(url);
    const reader = answer.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("first");
    await reader.cancel();
    await cancelled.promise;
  });

  test("answers 500 when it throws, and tells the host of it", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    const { url } = await serve(
      toNodeListener(() => {
        throw new Error("SECRET");
      }),
    );
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([500, ""]);
    expect(printed.mock.lastCall).toEqual([
      expect.stringMatching(/^heed: a handler failed\n +at (?!.*SECRET).*to-node-listener\.test\.ts/s),
    ]);
  });
});
