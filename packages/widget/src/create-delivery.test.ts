import { expect, test, vi } from "vitest";
import { createDelivery, type DeliveryOptions } from "./create-delivery.ts";
import type { RecordedFeedback } from "./feedback-event.ts";
import { memoryOutbox } from "./outbox.ts";
import { byteLength } from "./take-batch.ts";
import type { TransportRequest } from "./transport.ts";

const stored = ({ body }: TransportRequest): Response => {
  const { events } = JSON.parse(body) as { events: RecordedFeedback[] };
  return Response.json({ results: events.map(({ id }) => ({ id, status: "stored" })) });
};

/** A delivery whose requests wait until they are answered, and whose timers wait until time passes. */
const setUp = (options: Partial<DeliveryOptions> = {}) => {
  const requests: (TransportRequest & { readonly ids: string[]; answer(response?: Response): void })[] = [];
  const timers: { readonly task: () => void; readonly delayMs: number }[] = [];
  const drops: (readonly [string, number])[] = [];
  let count = 0;
  const delivery = createDelivery({
    // Clients of one endpoint take turns, those of different tests should not.
    endpoint: `https://heed.test/${endpoints++}`,
    headers: () => ({}),
    transport: {
      send: (request) =>
        new Promise((resolve) => {
          const { events } = JSON.parse(request.body) as { events: RecordedFeedback[] };
          requests.push({
            ...request,
            ids: events.map(({ id }) => id),
            answer: (response = stored(request)) => resolve(response),
          });
        }),
    },
    outbox: memoryOutbox,
    owner: "tab",
    speaksFor: () => true,
    permits: () => true,
    held: false,
    onError: undefined,
    onDrop: (reason, number) => drops.push([reason, number]),
    flushDelayMs: 1500,
    timeoutMs: 10_000,
    now: () => 0,
    random: () => 1,
    schedule: (task, delayMs) => {
      const timer = { task, delayMs };
      timers.push(timer);
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
      };
    },
    ...options,
  });
  const add = (
    type: "explicit_text_comment" | "implicit_usage" = "explicit_text_comment",
    value = "copied",
  ) => {
    const event = { id: idOf(count++), requestId: "r", userId: "u", timestamp: "", type, value };
    return delivery.add(event as RecordedFeedback);
  };
  return { delivery, add, requests, timers, drops };
};

let endpoints = 0;

const idOf = (index: number): string => String(index).padStart(3, "0");

/** Lets everything happen that waits for nothing but its turn. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
};

test("votes wait for nothing; implicit events wait for each other", async () => {
  const { add, requests, timers } = setUp();
  await settled(); // what earlier visits left is sent at once
  add("implicit_usage");
  add("implicit_usage");
  await settled();
  expect(requests).toHaveLength(0);
  expect(timers.map(({ delayMs }) => delayMs)).toEqual([1500]);
  add();
  await settled();
  expect(requests.map(({ ids }) => ids)).toEqual([["000", "001", "002"]]);
  expect(timers).toHaveLength(0);
});

test("implicit events leave when their time is up, or when there are ten", async () => {
  const { add, requests, timers } = setUp();
  add("implicit_usage");
  timers[0]?.task();
  await settled();
  requests[0]?.answer();
  await settled();
  for (let index = 0; index < 10; index++) add("implicit_usage");
  await settled();
  expect(requests.map(({ ids }) => ids.length)).toEqual([1, 10]);
});

test("only one request is on its way at a time, and what came meanwhile follows at once", async () => {
  const { add, requests } = setUp();
  const first = add();
  await settled();
  const second = add();
  await settled();
  expect(requests).toHaveLength(1);
  requests[0]?.answer();
  expect(await first).toBe("stored");
  await settled();
  requests[1]?.answer();
  expect(await second).toBe("stored");
});

test("a timer that calls while the failed attempt still gives its lease back is not overheard", async () => {
  vi.stubGlobal("navigator", {});
  let give = (): void => {};
  const { add, requests, timers } = setUp({
    outbox: {
      ...memoryOutbox,
      lease: async (_owner, untilMs) => {
        if (untilMs === 0 && requests.length > 0) await new Promise<void>((resolve) => (give = resolve));
        return true;
      },
    },
  });
  const outcome = add();
  await settled();
  requests[0]?.answer(new Response(null, { status: 503 }));
  await settled();
  timers[0]?.task();
  await settled();
  give();
  await settled();
  expect(requests).toHaveLength(2);
  requests[1]?.answer();
  await settled();
  give();
  expect(await outcome).toBe("stored");
  vi.unstubAllGlobals();
});

test("a full queue leaves in batches of at most 25 events and 48 KiB", async () => {
  const { delivery, add, requests } = setUp();
  for (let index = 0; index < 60; index++) add("explicit_text_comment", "☃".repeat(1000));
  const flushed = delivery.flush();
  for (let index = 0; index < 10; index++) {
    await settled();
    requests[index]?.answer();
  }
  await flushed;
  expect(requests.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 60 }, (_, index) => idOf(index)));
  for (const { ids, body } of requests) {
    expect(ids.length).toBeLessThanOrEqual(25);
    expect(byteLength(body)).toBeLessThanOrEqual(48 * 1024);
  }
});

test("when the page hides, what waits and what is on its way leaves in a request that outlives the page", async () => {
  const { delivery, add, requests } = setUp();
  const receipts = [add()];
  await settled();
  receipts.push(add("implicit_usage"));
  delivery.leave();
  delivery.leave(); // hidden is followed by pagehide
  await settled();
  expect(requests.map(({ ids, keepalive }) => [ids, keepalive])).toEqual([
    [["000"], false],
    [["000", "001"], true],
  ]);
  requests[1]?.answer();
  expect(await Promise.all(receipts)).toEqual(["stored", "stored"]);
  requests[0]?.answer(); // the server calls it a duplicate: nobody is told a second time
  await settled();
  expect(requests).toHaveLength(2);
});

test("no more than 60 KiB ask to outlive the page; the rest stays", async () => {
  const { delivery, add, requests } = setUp();
  for (let index = 0; index < 6; index++) add("explicit_text_comment", "x".repeat(20_000));
  delivery.leave();
  await settled();
  const keptAlive = requests.filter(({ keepalive }) => keepalive);
  expect(keptAlive.length).toBeGreaterThan(0);
  expect(keptAlive.reduce((sum, { body }) => sum + byteLength(body), 0)).toBeLessThanOrEqual(60 * 1024);
  expect(new Set(keptAlive.flatMap(({ ids }) => ids)).size).toBe(3);
  for (let index = 0; index < 10; index++) {
    requests[index]?.answer();
    await settled();
  }
  // This page lived on.
  expect(new Set(requests.flatMap(({ ids }) => ids)).size).toBe(6);
});

test("what left with a hiding page and was lost is sent again when the page is back", async () => {
  const { delivery, add, requests } = setUp();
  const receipt = add();
  delivery.leave();
  await settled();
  for (const request of requests) request.answer(new Response(null, { status: 503 }));
  await settled();
  delivery.wake();
  await settled();
  requests.at(-1)?.answer();
  expect(await receipt).toBe("stored");
});

test("after an answer the back-off starts over", async () => {
  const { add, requests, timers } = setUp();
  for (const index of [0, 2]) {
    add();
    await settled();
    requests[index]?.answer(new Response(null, { status: 503 }));
    await settled();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([1000]);
    timers[0]?.task();
    await settled();
    requests[index + 1]?.answer();
    await settled();
  }
});

test("a vote that came while a request failed does not try again before its time", async () => {
  const { add, requests, timers } = setUp();
  add();
  await settled();
  add();
  requests[0]?.answer(new Response(null, { status: 503, headers: { "retry-after": "60" } }));
  await settled();
  expect(requests).toHaveLength(1);
  expect(timers.map(({ delayMs }) => delayMs)).toEqual([60_000]);
});

test("a paused delivery is not woken by the page", async () => {
  const { delivery, add, requests } = setUp();
  add();
  await settled();
  requests[0]?.answer(new Response(null, { status: 401 }));
  await settled();
  await delivery.wake();
  await delivery.leave();
  expect(requests).toHaveLength(1);
});

test("where more than 500 events wait, the oldest implicit one has to go, and somebody is told", async () => {
  const { add, drops } = setUp();
  const [vote, usage] = [add(), add("implicit_usage")];
  for (let index = 0; index < 499; index++) add();
  expect(await usage).toBe("dropped");
  expect(await Promise.race([vote, "waiting"])).toBe("waiting");
  expect(drops).toEqual([["overflow", 1]]);
});

test("close sends what waits a last time and gives up the rest; afterwards nothing is taken", async () => {
  const { delivery, add, requests, timers, drops } = setUp();
  const kept = [add("implicit_usage"), add("implicit_usage")];
  const closing = delivery.close();
  await settled();
  expect(requests.map(({ keepalive }) => keepalive)).toEqual([true]);
  requests[0]?.answer(new Response(null, { status: 503 }));
  await closing;
  expect(await Promise.all(kept)).toEqual(["dropped", "dropped"]);
  expect(await add()).toBe("dropped");
  expect(drops).toEqual([
    ["closed", 2],
    ["closed", 1],
  ]);
  expect(timers).toHaveLength(0);
});

test.each([
  ["has no JSON", { id: "0", type: "implicit_usage", metadata: { count: 1n } }],
  ["has no type", { id: "0" }],
])("an event that %s is dropped, not thrown", async (_flaw, event) => {
  const { delivery, drops } = setUp();
  expect(await delivery.add(event as unknown as RecordedFeedback)).toBe("dropped");
  expect(drops).toEqual([["rejected", 1]]);
});

test("callbacks that throw or reject change nothing and reach the console", async () => {
  const console = vi.spyOn(globalThis.console, "error").mockImplementation(() => {});
  const { add, requests } = setUp({
    onDrop: () => {
      throw new Error("from onDrop");
    },
    onError: async () => {
      throw new Error("from onError");
    },
  });
  const receipt = add();
  await settled();
  requests[0]?.answer(new Response(null, { status: 400 }));
  expect(await receipt).toBe("dropped");
  await settled();
  expect(console.mock.calls.flat().map(({ message }) => message)).toEqual(["from onDrop", "from onError"]);
  console.mockRestore();
});

test("a transport that throws at once is a network that fails", async () => {
  const { add, timers } = setUp({
    transport: {
      send: () => {
        throw new TypeError("patched fetch");
      },
    },
  });
  add();
  await settled();
  expect(timers.map(({ delayMs }) => delayMs)).toEqual([1000]);
});
