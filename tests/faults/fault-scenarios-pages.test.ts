/**
 * The fault scenarios of pages that come, go and die, and of the requests that outlive them, by number: 17 to 26, and 39 to
 * 41. Not here: 19, back and forward, which is in `back-forward-cache.test.ts`; 23 to 25, which are about elements and
 * tested in `elements-behaviour.test.ts`.
 *
 * In 18 the process that renders a hidden page is killed, as a phone's system does; the system itself cannot be had here.
 * In 41 nothing depends on `sendBeacon`: the client does without.
 */
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { expect, it } from "vitest";
import { findChromium } from "../../scripts/find-chromium.ts";
import { crashPage } from "./crash-page.ts";
import { setUpVisitors } from "./set-up-visitors.ts";
import type { Script } from "./start-fault-lab.ts";

const setting = setUpVisitors();
const { visit, eventually } = setting;

const hangs: Script = () => "hang";

/** An event of some 23,000 bytes that waits for others. */
const longEdit = `{ requestId: "r", type: "implicit_edit", value: {
  similarity: 1, containment: 1, lengthRatio: 1, sampledAfterMs: 0, text: "x".repeat(23_000) } }`;

const bytesOf = (requests: readonly { readonly body: string }[]): number =>
  requests.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);

it("17. a tab closed with a queue: the next visit sends it", async () => {
  const { context, page, open, vote, kept, arrives } = await visit();
  await context.setOffline(true);
  await vote(60);
  await kept();
  await page.close();
  await context.setOffline(false);
  await arrives(await open());
});

it("18. hidden, then killed: the next visit sends it", async () => {
  const { page, open, vote, kept, ask, script, arrives } = await visit({ faults: hangs });
  await vote(3);
  await ask(`look("elsewhere")`);
  await kept();
  await crashPage(page);
  script([]);
  await arrives(await open());
});

it("20. frozen and resumed: timers are late, and nothing is lost", async () => {
  const { context, page, record, requests, arrives } = await visit();
  const session = await context.newCDPSession(page);
  await record(`{ requestId: "r", type: "implicit_usage", value: "copied" }`);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await sleep(300);
  const seen = requests().length;
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await arrives();
  expect(requests()).toHaveLength(Math.max(1, seen));
});

it("21. killed after the server has stored, and before the page heard of it: stored once", async () => {
  const { page, open, vote, stored, recorded, script, requests, arrives } = await visit({
    faults: [{ lateMs: 5000 }],
  });
  await vote(3);
  await eventually(stored).toEqual(recorded);
  await crashPage(page);
  script([]);
  await arrives(await open());
  expect(requests()).toHaveLength(2);
});

it("22. killed while the request is on its way: the next visit sends it", async () => {
  const { page, open, vote, requested, script, arrives } = await visit({ faults: hangs });
  await vote(3);
  await requested(1);
  await crashPage(page);
  script([]);
  await arrives(await open());
});

it("22. killed after it was written, and before it was sent: the next visit sends it", async () => {
  const { context, page, open, vote, kept, arrives } = await visit();
  await context.setOffline(true);
  await vote(3);
  await kept();
  await crashPage(page);
  await page.close();
  await context.setOffline(false);
  await arrives(await open());
});

it("26. a prerendered page: what it records unseen is stored once, when it is seen", async () => {
  const name = "prerendered";
  // Playwright switches prerendering off.
  const browser = await puppeteer.launch({ executablePath: findChromium()!, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  await page.goto(setting.lab.page("elsewhere"));
  await page.evaluate(`{
    const link = document.body.appendChild(document.createElement("a"));
    link.href = ${JSON.stringify(setting.lab.page(name, { early: "" }))};
    const rules = document.createElement("script");
    rules.type = "speculationrules";
    rules.textContent = JSON.stringify({ prerender: [{ urls: [link.href], eagerness: "immediate" }] });
    document.head.append(rules);
  }`);
  const databases = () => page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))");
  await eventually(databases).toContain(`heed /${name}/v1/feedback`);
  await Promise.all([page.waitForNavigation(), page.evaluate(`document.querySelector("a").click()`)]);
  await eventually(() => page.evaluate("location.pathname").catch(() => "")).toBe(`/${name}/`);
  expect(await page.evaluate("lab.wasPrerendered")).toBe(true);
  await eventually(() => setting.storedOf(name)).toEqual(await page.evaluate("lab.early"));
  await browser.close();
});

it("39. others have used up keepalive: what leaves is refused, and sent by the next visit", async () => {
  const { page, open, vote, ask, kept, script, requested, stored, arrives } = await visit({ faults: hangs });
  setting.lab.script("others", hangs);
  await page.evaluate(
    `void fetch("/others/v1/feedback", { method: "POST", body: "x".repeat(65_000), keepalive: true }).catch(() => {})`,
  );
  await vote(10);
  await requested(1);
  script([]);
  await ask(`look("elsewhere")`);
  await eventually(() => ask<string[]>("problems")).toEqual(["network"]);
  expect(stored()).toEqual([]);
  await kept();
  await page.close();
  await arrives(await open());
});

it("40. 200 KiB on hide: what fits in keepalive leaves, and the rest stays for the next visit", async () => {
  const { page, open, recordAll, kept, ask, requests, requested, script, arrives } = await visit({
    faults: hangs,
    options: { haste: "0.01" },
  });
  await ask("feedback.flush()"); // what a page does at its start is done
  await recordAll(`Array.from({ length: 9 }, () => (${longEdit}))`);
  await kept();
  await ask(`look("elsewhere")`);
  await requested(1);
  await page.close();
  const left = requests().length;
  expect(bytesOf(requests())).toBeGreaterThan(40 * 1024);
  expect(bytesOf(requests())).toBeLessThanOrEqual(64 * 1024);
  script([]);
  await arrives(await open());
  expect(bytesOf(requests().slice(left))).toBeGreaterThan(200 * 1024);
});

it.each([
  ["false", "return false"],
  ["throws", "throw new Error()"],
  ["absent", undefined],
])("41. sendBeacon %s: it leaves all the same", async (_, body) => {
  const beacon = body === undefined ? "undefined" : `() => { ${body} }`;
  const { record, ask, arrives } = await visit({
    before: `Object.defineProperty(Navigator.prototype, "sendBeacon", { value: ${beacon} })`,
    options: { haste: "0.01" },
  });
  await ask("feedback.flush()");
  await record(`{ requestId: "r", type: "implicit_usage", value: "copied" }`);
  await ask(`look("elsewhere")`);
  await arrives();
});
