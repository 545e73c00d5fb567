/**
 * The fault scenarios of storage, and of tabs that share it, by number: 27 to 38. In 29 the test closes the connection:
 * Chromium does not by itself, as Safari does.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { crashPage } from "./crash-page.ts";
import { setUpVisitors } from "./set-up-visitors.ts";

// Sites of that name have no secure context.
const insecure = "heed-faults.example";
const setting = setUpVisitors({ args: [`--host-resolver-rules=MAP ${insecure} 127.0.0.1`] });
const { visit, eventually } = setting;

const idsIn = (bodies: readonly { readonly body: string }[]): string[] =>
  bodies.flatMap(({ body }) => (JSON.parse(body) as { events: { id: string }[] }).events.map(({ id }) => id));

const withoutDisk = [
  ["throws when it is asked for", `{ get() { throw new DOMException("denied", "SecurityError") } }`],
  ["is missing", "{ value: undefined }"],
  ["refuses", `{ value: { open() { throw new DOMException("denied", "SecurityError") } } }`],
  [
    "fails",
    `{ value: { open() { const request = {}; setTimeout(() => request.onerror?.(new Event("error"))); return request } } }`,
  ],
  ["never answers", "{ value: { open: () => ({}) } }"],
] as const;

it.each(withoutDisk)("27. IndexedDB %s: memory takes its place", async (_, property) => {
  const { vote, stored, recorded, ask } = await visit({
    before: `Object.defineProperty(globalThis, "indexedDB", ${property})`,
    faults: ["reset"],
  });
  await vote(3);
  await eventually(stored).toEqual(recorded);
  await eventually(() => ask("outcomes.size")).toBe(3);
});

it("28. the disk is full: memory takes its place, and the disk is used again when there is room", async () => {
  const { context, page, open, vote, drops, onDisk, arrives } = await visit();
  const { origin } = new URL(page.url());
  await page.close();
  // The limit holds as long as the session, and is looked up when a database is opened.
  const session = await context.newCDPSession(await context.newPage());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  const full = await open();
  await context.setOffline(true);
  await vote(3, full);
  await sleep(200);
  expect(await onDisk(full)).toEqual([]);
  await context.setOffline(false);
  await arrives(full);
  expect(await drops(full)).toEqual([]);
  await full.close();

  await session.detach();
  const roomy = await open();
  await context.setOffline(true);
  const later = await vote(3, roomy);
  await eventually(() => onDisk(roomy)).toEqual(later);
  await context.setOffline(false);
  await arrives(roomy);
});

it("29. the browser closes the connection to the database: it is opened anew", async () => {
  const { context, page, vote, kept, arrives } = await visit({
    before: `
      globalThis.databases = [];
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...args) {
        const request = open.apply(this, args);
        request.addEventListener("success", () => databases.push(request.result));
        return request;
      };`,
  });
  await context.setOffline(true);
  await vote(2);
  await kept();
  await page.evaluate("databases.forEach((database) => database.close())");
  await vote(2);
  await kept();
  await context.setOffline(false);
  await arrives();
});

it("30. a newer client in another tab upgrades the database: it need not wait, and nothing is lost", async () => {
  const { context, page, open, vote, name, kept, arrives } = await visit();
  const newer = await open();
  await context.setOffline(true);
  await vote(2);
  await kept();
  const version = await newer.evaluate(
    `new Promise((resolve, reject) => {
      const request = indexedDB.open("heed /${name}/v1/feedback", 2);
      request.onsuccess = () => { resolve(request.result.version); request.result.close(); };
      request.onerror = reject;
    })`,
  );
  expect(version).toBe(2);
  await vote(2, newer);
  await vote(2);
  await kept();
  await context.setOffline(false);
  await arrives(page);
});

const foreignRows = {
  "nothing in it": "null",
  "a text": `"text"`,
  "an empty object": "{}",
  "a user who is a number": `{ id: "x", userId: 5, explicit: true, atMs: Date.now(), json: "{}", bytes: 2 }`,
  "JSON that is none": `{ id: "x", userId: user, explicit: true, atMs: Date.now(), json: "{", bytes: 1 }`,
  "JSON that is no event": `{ id: "x", userId: user, explicit: true, atMs: Date.now(), json: "5", bytes: 1 }`,
  "a size that is none": `{ id: "x", userId: user, explicit: true, atMs: Date.now(), json: "5", bytes: "large" }`,
  "another id than its key": `{ id: "y", userId: user, explicit: true, atMs: Date.now(), json: "5", bytes: 1 }`,
};

it.each(Object.entries(foreignRows))(
  "31. a corrupted row with %s: keeps nothing else from being sent",
  async (_, row) => {
    const { page, name, open, vote, requests, stored, recorded, onDisk } = await visit();
    await eventually(() => page.evaluate("indexedDB.databases().then(({ length }) => length)")).toBe(1);
    await page.evaluate(`{ const user = "${name}"; lab.withDisk((events) => events.put(${row}, "x")) }`);
    await vote(3);
    await eventually(stored).toEqual(recorded);
    const next = await open();
    await vote(3, next);
    await eventually(stored).toEqual(recorded);
    await eventually(() => onDisk().then((ids) => ids.filter((id) => id !== "x"))).toEqual([]);
    await sleep(200);
    const { length } = requests();
    await sleep(300);
    expect(requests()).toHaveLength(length);
  },
);

it("32. storage is cleared underneath: what the page has in memory is sent, and new events are kept", async () => {
  const { context, page, vote, kept, onDisk, recorded, arrives } = await visit();
  await context.setOffline(true);
  await vote(3);
  await kept();
  const session = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  // Chromium never answers what is asked of a database while it clears it.
  await sleep(500);
  expect(await onDisk()).toEqual([]);
  const later = await vote(2);
  await eventually(() => onDisk()).toEqual(later);
  expect(recorded).toHaveLength(5);
  await context.setOffline(false);
  await arrives();
});

it.each([
  ["longer than a batch", 60_000, "refused"],
  ["longer than the server reads", 300_000, "too_large"],
])("33. one event %s: is given up alone", async (_, length, reason) => {
  const { vote, record, recorded, drops, arrives } = await visit();
  await vote(2);
  const large = await record(
    `{ requestId: "r", type: "explicit_text_comment", value: "x".repeat(${length}) }`,
  );
  await vote(2);
  await arrives(
    undefined,
    recorded.filter((id) => id !== large),
  );
  expect(await drops()).toEqual([[reason, 1]]);
});

it("34. two projects on one origin: neither sends what is the other's", async () => {
  const { name, open, vote, recorded, kept, script, requests, arrives } = await visit({
    faults: () => "hang",
  });
  const other = `${name}-other`;
  const page = await open({ endpoint: `/${other}/v1/feedback`, user: other });
  await vote(3);
  await kept();
  const ids = await page.evaluate<string[]>("lab.recordMany(3, true)");
  await eventually(() => setting.storedOf(other)).toEqual(ids);
  script([]);
  await arrives();
  expect([...new Set(idsIn(requests()))]).toEqual(recorded);
  expect(idsIn(setting.lab.requests(other))).toEqual(ids);
});

it("34. two users of one device: neither sends what is the other's", async () => {
  const { page, open, vote, ask, kept, onDisk, script, requests, arrives } = await visit({
    faults: () => "hang",
  });
  const ids = await vote(2);
  await kept();
  await page.close();
  await sleep(300); // what the page sent as it was closed has come
  const { length } = requests();
  script([]);
  const other = await open({ user: "another" });
  await ask("feedback.flush()", other);
  expect([requests().length, await onDisk(other)]).toEqual([length, ids]);
  await arrives(await open());
});

it("34. what another user left a week ago is given up, and told of", async () => {
  const { page, open, vote, ask, kept, onDisk, script, drops, stored } = await visit({
    before: "{ const { now } = Date; globalThis.aheadMs = 0; Date.now = () => now() + aheadMs; }",
    faults: () => "hang",
  });
  await vote(2);
  await kept();
  await page.close();
  await sleep(300); // what the page sent as it was closed has come
  script([]);
  const other = await open({ user: "another" });
  await other.evaluate("aheadMs = 8 * 24 * 3600_000");
  await ask("feedback.flush()", other);
  await eventually(() => onDisk(other)).toEqual([]);
  expect(await drops(other)).toEqual([["expired", 2]]);
  expect(stored()).toEqual([]);
});

const sharing = {
  "Web Locks": {},
  "a lease, as there are no Web Locks": {
    before: `Object.defineProperty(Navigator.prototype, "locks", { value: undefined })`,
  },
  "a lease, as the page is not secure": { host: insecure },
};

it.each(Object.entries(sharing))(
  "35. 38. two tabs flush at once by %s: one request at a time",
  async (_, how) => {
    const { page, open, vote, requests, arrives } = await visit(how);
    const second = await open();
    expect(await page.evaluate("Boolean(navigator.locks)")).toBe(how === sharing["Web Locks"]);
    for (let round = 0; round < 3; round++) await Promise.all([vote(10, page), vote(10, second)]);
    await arrives();
    expect(requests().filter(({ besides }) => besides > 0)).toEqual([]);
  },
);

it.each(Object.entries(sharing))(
  "36. 38. the tab that sends dies, by %s: another sends for it",
  async (_, how) => {
    const { page, open, vote, requested, script, arrives } = await visit({
      ...how,
      faults: () => "hang",
      options: { timeoutMs: "1000" },
    });
    const second = await open();
    await vote(3, page);
    await requested(1);
    await vote(3, second);
    await crashPage(page);
    script([]);
    await arrives(second);
  },
);

it("37. ten tabs of 100 events each, offline: every one is stored once, or was told of", async () => {
  const { context, page, open, vote, ask, stored, recorded, onDisk } = await visit();
  const tabs = [page];
  while (tabs.length < 10) tabs.push(await open());
  await context.setOffline(true);
  for (const tab of tabs) await vote(100, tab);
  await context.setOffline(false);
  for (const tab of tabs) await eventually(() => ask("isDone(true, 100)", tab)).toBe(true);
  expect(await onDisk()).toEqual([]);
  const drops = await Promise.all(tabs.map((tab) => ask<[string, number][]>("drops", tab)));
  const dropped = drops.flat().reduce((sum, [, count]) => sum + count, 0);
  expect(recorded).toEqual(expect.arrayContaining(stored()));
  expect(stored().length + dropped).toBeGreaterThanOrEqual(1000);
});
