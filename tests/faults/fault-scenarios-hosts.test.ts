/**
 * The fault scenarios of hosts, and of what hosts and users hand in, by number: 42 to 56. Not here: 44 and 46, which are
 * about elements and tested in `elements-behaviour.test.ts`; of 52 the server, which has no browser, and is tested with
 * `@heed/react` and the built packages; 57 to 60, which are about signals and tested in `signal-laboratory.test.ts`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { getFeedbackSummary } from "@heed/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crashPage } from "./crash-page.ts";
import { setUpVisitors } from "./set-up-visitors.ts";
import { type FaultLab, startFaultLab } from "./start-fault-lab.ts";

// Sites of that name have no secure context.
const insecure = "heed-faults.example";
const setting = setUpVisitors({ args: [`--host-resolver-rules=MAP ${insecure} 127.0.0.1`] });
const { visit, eventually } = setting;

/** A lab that pages of every origin may send to. */
let open: FaultLab;
beforeAll(async () => {
  open = await startFaultLab(setting.store, { "access-control-allow-origin": "*" });
});
afterAll(() => open.close());

const copied = `{ requestId: "r", type: "implicit_usage", value: "copied" }`;

it("42. a patched fetch that throws: tried again until it does not", async () => {
  const { vote, problems, arrives } = await visit({
    before: `{
      const { fetch } = globalThis;
      let calls = 0;
      globalThis.fetch = (...args) => {
        if (++calls <= 3) throw new TypeError("The host's own mistake");
        return fetch(...args);
      };
    }`,
  });
  await vote(3);
  await arrives();
  expect(await problems()).toEqual(["network", "network", "network"]);
});

it("43. a strict CSP and Trusted Types: nothing is refused", async () => {
  const { page, vote, arrives } = await visit({
    options: { strict: "" },
    before: `globalThis.refused = [];
      addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective))`,
  });
  await vote(3);
  await arrives();
  expect(await page.evaluate("refused")).toEqual([]);
});

describe("45. prototypes", () => {
  it("that are frozen do no harm", async () => {
    const { vote, record, arrives } = await visit({
      faults: ["answer lost"],
      before: `for (const each of [Object, Array, Function, Promise, Map, Set, String, RegExp, Date, Error, Request, Headers])
        Object.freeze(Object.freeze(each).prototype);`,
    });
    await vote(3);
    await record(`{ requestId: "r", type: "explicit_thumbs_down", value: true, reasons: ["incorrect"] }`);
    await arrives();
  });

  // As Prototype.js does it; up to 1.6 it also had arrays that write themselves as a text into JSON.
  const library = `
    Array.from = (list) => (list ? [].slice.call(list) : []);
    Array.prototype.each = Array.prototype._each = Array.prototype.forEach;
    Function.prototype.wrap = Function.prototype.curry = function () { return this };`;
  const textual = `Array.prototype.toJSON = function () { return "[" + this.map((item) => JSON.stringify(item)) + "]" };`;
  const voted = `{ requestId: "r", type: "explicit_thumbs_down", value: true }`;
  const reasoned = `{ requestId: "r", type: "explicit_thumbs_down", value: true, reasons: ["incorrect"] }`;

  it("that an old library extends do no harm", async () => {
    const { record, arrives } = await visit({ before: library });
    await record(voted);
    await record(reasoned);
    await arrives();
  });

  it("that an old library makes write another JSON: what the server cannot read is told of", async () => {
    const { record, drops, arrives } = await visit({ before: library + textual });
    const ids = [await record(voted)];
    await record(reasoned);
    await arrives(undefined, ids);
    expect(await drops()).toHaveLength(1);
  });
});

it("47. the API is called after close: told of, and nothing is sent", async () => {
  const { ask, vote, drops, arrives } = await visit();
  const ids = [...(await vote(2))];
  await ask("feedback.close()");
  await ask("feedback.close()");
  await vote(3);
  await eventually(() => drops()).toEqual(Array(3).fill(["closed", 1]));
  await arrives(undefined, ids);
});

it("48. callbacks that throw: the page and the delivery go on", async () => {
  const thrown: string[] = [];
  const { page, record, vote, recorded, drops, problems, arrives } = await visit({
    faults: [{ status: 500 }],
    options: { throwing: "" },
  });
  page.on("pageerror", ({ message }) => thrown.push(message));
  const bad = await record(`{ requestId: "r", type: "explicit_rating", value: 9 }`);
  await vote(2);
  await arrives(
    undefined,
    recorded.filter((id) => id !== bad),
  );
  expect(await drops()).toHaveLength(1);
  expect(await problems()).toHaveLength(2);
  expect(thrown).toEqual([]);
});

describe("49. one user", () => {
  it("who toggles 50 times on a bad network: the last state stands", async () => {
    const { name, recordAll, arrives } = await visit({ faults: ["answer lost", "reset"] });
    await recordAll(`Array.from({ length: 50 }, (_, index) => ({
      requestId: "${name}", type: index % 2 ? "explicit_thumbs_up" : "explicit_thumbs_down", value: true }))`);
    await arrives();
    expect(await getFeedbackSummary(setting.store, name)).toMatchObject({ thumbsUp: 1, thumbsDown: 0 });
  });

  it("who clicks twice has one vote", async () => {
    const { name, page, stored } = await visit();
    await page.dblclick("button");
    await eventually(stored).toHaveLength(2);
    expect(await getFeedbackSummary(setting.store, name)).toMatchObject({ thumbsUp: 1, thumbsDown: 0 });
  });
});

describe("50. privacy", () => {
  it("Global Privacy Control: what users say is sent, and what they do is not", async () => {
    const { vote, record, drops, arrives } = await visit({
      before: `Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true })`,
    });
    const ids = [...(await vote(2))];
    await record(copied);
    await arrives(undefined, ids);
    expect(await drops()).toEqual([["consent", 1]]);
  });

  it("denied after events were queued: they are gone from the disk, and never sent", async () => {
    const { context, page, open: visitAgain, vote, ask, kept, drops, requests, onDisk } = await visit();
    const second = await visitAgain();
    await context.setOffline(true);
    await vote(3);
    await kept();
    await vote(2, second);
    await kept(second);
    await ask(`feedback.setConsent("denied")`);
    await ask(`feedback.setConsent("denied")`, second);
    await eventually(() => onDisk()).toEqual([]);
    const count = [...(await drops(page)), ...(await drops(second))].reduce((sum, [, n]) => sum + n, 0);
    expect(count).toBeGreaterThanOrEqual(5);
    await context.setOffline(false);
    await ask("feedback.flush()");
    await vote(1);
    await eventually(() => drops()).toContainEqual(["consent", 1]);
    await sleep(200);
    expect(requests()).toEqual([]);
  });

  it.each(["granted", "denied"])("pending, then %s: nothing is sent or kept before", async (consent) => {
    const { vote, record, ask, drops, requests, onDisk, arrives } = await visit({
      options: { consent: "pending" },
    });
    await vote(3);
    await record(copied);
    await ask("glanceAway()");
    await sleep(200);
    expect(requests()).toEqual([]);
    expect(await onDisk()).toEqual([]);
    await ask(`feedback.setConsent("${consent}")`);
    await (consent === "granted" ? arrives() : arrives(undefined, []));
    expect(await drops()).toEqual(consent === "granted" ? [] : [["consent", 4]]);
  });
});

describe("51. a clock", () => {
  const yearMs = 365 * 24 * 3600_000;
  const movableClock = `{ const { now } = Date; globalThis.aheadMs = 0; Date.now = () => now() + aheadMs; }`;
  const withoutLocks = `Object.defineProperty(Navigator.prototype, "locks", { value: undefined });`;

  it.each([-yearMs, yearMs])(
    "that jumps by %i ms: everything is stored, and the last vote stands",
    async (jumpMs) => {
      const { name, page, record, arrives } = await visit({ before: movableClock });
      await record(`{ requestId: "${name}", type: "explicit_thumbs_up", value: true }`);
      await arrives();
      await page.evaluate(`aheadMs = ${jumpMs}`);
      await record(`{ requestId: "${name}", type: "explicit_thumbs_down", value: true }`);
      await arrives();
      expect(await getFeedbackSummary(setting.store, name)).toMatchObject({ thumbsUp: 0, thumbsDown: 1 });
    },
  );

  it("that is set back after a 429 keeps nothing waiting for a year", async () => {
    const { page, requested, vote, arrives } = await visit({
      before: movableClock,
      faults: [{ status: 429, headers: { "retry-after": "10" } }],
    });
    await vote();
    await requested(1);
    await page.evaluate(`aheadMs = ${-yearMs}`);
    await arrives();
  });

  it("that jumps ahead while events wait: each is stored, or told of as expired", async () => {
    const { context, page, vote, kept, drops, arrives } = await visit({ before: movableClock });
    await context.setOffline(true);
    await vote(3);
    await kept();
    await page.evaluate(`aheadMs = ${yearMs}`);
    const ids = await vote(2);
    await context.setOffline(false);
    await arrives(undefined, ids);
    expect(await drops()).toEqual([["expired", 3]]);
  });

  it("that is set back a little while a tab sends, without Web Locks: no other sends beside it", async () => {
    const {
      page,
      open: visitAgain,
      ask,
      vote,
      requested,
      requests,
      arrives,
    } = await visit({
      before: movableClock + withoutLocks,
      faults: [{ slowMs: 1000 }],
    });
    const second = await visitAgain();
    for (const tab of [page, second]) await ask("feedback.flush()", tab);
    await vote(2);
    await requested(1);
    for (const tab of [page, second]) await tab.evaluate("aheadMs = -2000");
    await vote(2, second);
    await arrives();
    expect(requests().filter(({ besides }) => besides > 0)).toEqual([]);
  });

  it("that was a year ahead when a tab died, without Web Locks: the next visit sends all the same", async () => {
    const {
      page,
      open: visitAgain,
      ask,
      vote,
      requested,
      script,
      arrives,
    } = await visit({
      before: movableClock + withoutLocks,
      faults: () => "hang",
      options: { timeoutMs: "1000" },
    });
    await ask("feedback.flush()"); // what a page does at its start is done
    await page.evaluate(`aheadMs = ${yearMs}`);
    await vote();
    await requested(1);
    await crashPage(page);
    script([]);
    await arrives(await visitAgain());
  });
});

it("52. a worker, without a document: events are stored", async () => {
  const { name, page, recorded, arrives } = await visit();
  const [worker] = await Promise.all([
    page.waitForEvent("worker"),
    page.evaluate(
      `void new Worker("/client.js?" + new URLSearchParams({ endpoint: "/${name}/v1/feedback", user: "${name}" }), { type: "module" })`,
    ),
  ]);
  await eventually(() => worker.evaluate("typeof lab")).toBe("object");
  recorded.push(...(await worker.evaluate<string[]>("lab.recordMany(3, true)")));
  await arrives();
});

it("53. a sandboxed frame without an origin: events are sent from memory", async () => {
  const { name, page, recorded, stored } = await visit({ to: open, faults: ["reset"] });
  await page.evaluate(`{
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.src = location.href;
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    loaded;
  }`);
  const frame = page.frames()[1]!;
  expect(await frame.evaluate("origin")).toBe("null");
  recorded.push(...(await frame.evaluate<string[]>("lab.recordMany(3, true)")));
  await eventually(stored).toEqual(recorded);
  expect(open.requests(name).map(({ headers }) => headers.origin)).toContain("null");
});

it("54. a page that is not secure, with less of crypto: events are stored", async () => {
  const { page, vote, arrives } = await visit({ host: insecure });
  expect(await page.evaluate("[isSecureContext, typeof crypto.randomUUID]")).toEqual([false, "undefined"]);
  await vote(3);
  await arrives();
});

describe("55. a comment", () => {
  it.each([
    ["with lone surrogates", "a\uD83D b\uDC4D", "a\uFFFD b\uFFFD"],
    ["from right to left", "‏שלום \u202Eabc", undefined],
    ["with emoji of many parts", "👩‍👩‍👧‍👦🏳️‍🌈", undefined],
    ["with a script", "</script><script>alert(1)</script>' OR 1=1 --", undefined],
  ])("%s comes back as it was written", async (_, text, stored) => {
    const { name, record, arrives } = await visit({ faults: ["answer lost"] });
    await record(`{ requestId: "${name}", type: "explicit_text_comment", value: ${JSON.stringify(text)} }`);
    await arrives();
    const { comments } = await getFeedbackSummary(setting.store, name);
    expect(comments.map(({ text }) => text)).toEqual([stored ?? text]);
  });

  it("of 1 MB is told of, and keeps nothing else from being stored", async () => {
    const { vote, record, drops, arrives } = await visit();
    const ids = [...(await vote(2))];
    await record(`{ requestId: "r", type: "explicit_text_comment", value: "x".repeat(1_000_000) }`);
    ids.push(...(await vote(2)));
    await arrives(undefined, ids);
    expect(await drops()).toEqual([["too_large", 1]]);
  });
});

it("56. the address of the page goes to no other site", async () => {
  const { vote, requests, arrives } = await visit({ to: open, options: { token: "private" } });
  await vote();
  await arrives();
  expect(JSON.stringify(requests())).not.toContain("private");
});
