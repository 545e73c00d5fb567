import { once } from "node:events";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { memoryStore, type Store } from "@heed/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHandler } from "../create-handler.ts";
import { thumbUp } from "../testing/ask.ts";
import { type Listening, type ListenOptions, listen } from "./listen.ts";

let store: Store;
let server: Listening;
beforeEach(() => {
  store = memoryStore();
});
afterEach(() => server.close());

const start = async (options?: ListenOptions, appendFeedback = store.appendFeedback) => {
  const handler = createHandler({ store: { ...store, appendFeedback }, allowAnonymous: true });
  server = await listen(handler, options);
};

const post = () =>
  fetch(`${server.url}/v1/feedback`, {
    method: "POST",
    body: JSON.stringify({ events: [thumbUp()] }),
    headers: { "content-type": "text/plain" },
  });

/** A store's `appendFeedback` that waits until it is let go, and tells when it was reached so many times. */
const heldAppend = (times = 1) => {
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const append: Store["appendFeedback"] = async (events) => {
    if (--times === 0) reached.resolve();
    await released.promise;
    return store.appendFeedback(events);
  };
  return { append, reached: reached.promise, release: released.resolve };
};

const headersOf = (body: string, length = body.length) =>
  `POST /v1/feedback HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n${body}`;

test("listens on a free port of this machine alone, and says where", async () => {
  await start();
  expect(server.port).toBeGreaterThan(0);
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  expect((await fetch(`${server.url}/v1/health`)).status).toBe(200);
});

test("an address that is taken is an error that names it", async () => {
  await start();
  await expect(listen(createHandler({ store }), { port: server.port })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});

test("takes a listener of Node's as well", async () => {
  server = await listen((_incoming, response) => response.end("plain"));
  expect(await (await fetch(server.url)).text()).toBe("plain");
});

test("close answers every request it had accepted, and accepts no other", async () => {
  const { append, reached, release } = heldAppend(20);
  await start({}, append);
  const answers = Array.from({ length: 20 }, post);
  await reached;
  let closed = false;
  const closing = server.close().then(() => {
    closed = true;
  });
  await expect(post()).rejects.toThrow();
  expect(closed).toBe(false);
  release();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(20).fill(200));
  await closing;
  expect((await store.readFeedback({}, { limit: 100 })).items).toHaveLength(20);
});

test("close does not wait for connections that are merely kept open", async () => {
  await start({ closeGraceMs: 600_000 });
  const agent = new Agent({ keepAlive: true });
  const [answer] = await once(get(`${server.url}/v1/health`, { agent }), "response");
  answer.resume();
  await once(answer, "end");
  const silent = connect(server.port, "127.0.0.1");
  await once(silent, "connect");
  await server.close();
  agent.destroy();
  silent.destroy();
});

test("close asks a busy connection not to come back", async () => {
  const { append, reached, release } = heldAppend();
  await start({ closeGraceMs: 600_000 }, append);
  const socket = connect(server.port, "127.0.0.1").setEncoding("latin1");
  const body = JSON.stringify({ events: [thumbUp()] });
  socket.write(headersOf(body));
  await reached;
  const closing = server.close();
  socket.write(headersOf(body));
  release();
  let heard = "";
  for await (const chunk of socket) heard += chunk;
  const [, first, second] = heard.split("HTTP/1.1 200 OK");
  expect(first).toContain("Connection: keep-alive");
  expect(second).toContain("connection: close");
  await closing;
});

test("a body that takes too long is cut off, and nothing of it is stored", async () => {
  await start({ requestTimeoutMs: 200 });
  const socket = connect(server.port, "127.0.0.1").setEncoding("latin1");
  socket.write(headersOf('{"events":[', 500));
  let heard = "";
  for await (const chunk of socket) heard += chunk;
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  expect((await store.readFeedback({}, { limit: 1 })).items).toEqual([]);
});

test("headers that take too long are cut off", async () => {
  await start({ requestTimeoutMs: 200 });
  const socket = connect(server.port, "127.0.0.1").setEncoding("latin1");
  socket.write("POST /v1/feedback HTTP/1.1\r\nHost: a\r\n");
  let heard = "";
  for await (const chunk of socket) heard += chunk;
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
});

test("close cuts off who never finishes, once the grace is over", async () => {
  await start({ closeGraceMs: 100 });
  const socket = connect(server.port, "127.0.0.1");
  socket.write(headersOf('{"events":[', 500));
  await once(socket, "connect");
  expect((await fetch(`${server.url}/v1/health`)).status).toBe(200);
  const cut = once(socket, "close");
  socket.resume();
  await server.close();
  await cut;
});
