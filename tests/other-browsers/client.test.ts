import { getFeedbackSummary, memoryStore } from "@heed/core";
import type { Edit, FeedbackEvent } from "@heed/schema";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testBrowsers } from "../../scripts/test-browsers.ts";
import { type FaultLab, startFaultLab } from "../faults/start-fault-lab.ts";
import { answer, serveSignals } from "../support/serve-signals.ts";
import type { Driver, Tab } from "./driver.ts";
import { startChromium } from "./start-chromium.ts";
import { startFirefox } from "./start-firefox.ts";
import { startWebKit } from "./start-webkit.ts";

const start = { Chromium: startChromium, Firefox: startFirefox, WebKit: startWebKit };

/** How long anything may take to come about, on a busy machine. */
const soon = { timeout: 10_000, interval: 50 };

const store = memoryStore();
let lab: FaultLab;
let site: Awaited<ReturnType<typeof serveSignals>>;

beforeAll(async () => {
  lab = await startFaultLab(store);
  site = await serveSignals(store);
});

afterAll(async () => {
  await lab?.close();
  await site?.close();
});

for (const { name: browser, find, isRequired } of testBrowsers) {
  // Where it is required and absent, starting it fails.
  describe.skipIf(!isRequired && find() === undefined)(browser, { timeout: 30_000 }, () => {
    let driver: Driver;
    let count = 0;
    /** Of this browser and test alone. */
    let requestId = "";
    const tabs: Tab[] = [];

    beforeAll(async () => {
      driver = await start[browser]();
    });
    afterAll(() => driver?.close());
    beforeEach(() => {
      requestId = `${browser}-${++count}`;
      return async () => {
        for (const tab of tabs.splice(0)) await tab.close();
      };
    });

    const open = async (url: string): Promise<Tab> => {
      const tab = await driver.open(url);
      tabs.push(tab);
      return tab;
    };
    /** Opens a page with the client, whose server does what `lab.script` says. */
    const openClient = (): Promise<Tab> => open(lab.page(requestId, { timeoutMs: "5000" }));
    /** Opens a page with an answer that is observed. */
    const openAnswer = async (): Promise<Tab> => {
      const tab = await open(site.url);
      await tab.evaluate(`watch(answer, { requestId: "${requestId}" })`);
      return tab;
    };

    const summary = () => getFeedbackSummary(store, requestId);
    const stored = async (): Promise<readonly FeedbackEvent[]> =>
      (await store.readFeedback({ requestId }, { limit: 1_000 })).items;
    const storedIds = async (): Promise<readonly string[]> => (await stored()).map(({ id }) => id);
    const onDisk = (tab: Tab): Promise<readonly string[]> => tab.evaluate("lab.onDisk()");
    /** Records a thumb and gives its id, without waiting for what becomes of it. */
    const vote = (tab: Tab): Promise<string> =>
      tab.evaluate(`lab.record({ requestId: "${requestId}", type: "explicit_thumbs_up", value: true })`);

    it("stores a vote with its reason, and a comment", async () => {
      const tab = await openClient();
      expect(await tab.evaluate(`lab.feedback.thumbDown("${requestId}", { reasons: ["incorrect"] })`)).toBe(
        "stored",
      );
      expect(await tab.evaluate(`lab.feedback.comment("${requestId}", "Zu lang – 長すぎる 🙂")`)).toBe(
        "stored",
      );
      expect(await summary()).toMatchObject({
        thumbsDown: 1,
        reasons: { incorrect: 1 },
        comments: [{ text: "Zu lang – 長すぎる 🙂" }],
      });
      await expect.poll(() => onDisk(tab), soon).toEqual([]);
    });

    it("takes a vote back", async () => {
      const tab = await openClient();
      await tab.evaluate(`lab.feedback.thumbUp("${requestId}")`);
      expect(await summary()).toMatchObject({ thumbsUp: 1, humanScore: 5 });
      expect(await tab.evaluate(`lab.feedback.retract("${requestId}", "thumb")`)).toBe("stored");
      expect(await summary()).toMatchObject({ thumbsUp: 0, humanScore: null });
    });

    it("keeps a vote on disk while the server is unwell, over a reload too, and then stores it once", async () => {
      lab.script(requestId, () => ({ status: 503 }));
      const tab = await openClient();
      const id = await vote(tab);
      await expect.poll(() => lab.requests(requestId).length, soon).toBeGreaterThan(1);
      expect(await onDisk(tab)).toEqual([id]);

      await tab.reload();
      const before = lab.requests(requestId).length;
      await expect.poll(() => lab.requests(requestId).length, soon).toBeGreaterThan(before);
      expect(await onDisk(tab)).toEqual([id]);
      expect(await storedIds()).toEqual([]);

      lab.script(requestId, () => "none");
      await expect.poll(() => onDisk(tab), soon).toEqual([]);
      expect(await storedIds()).toEqual([id]);
    });

    it("sends a vote again whose answer was lost, and stores it once", async () => {
      lab.script(requestId, (index) => (index === 0 ? "answer lost" : "none"));
      const tab = await openClient();
      expect(await tab.evaluate(`lab.feedback.thumbUp("${requestId}")`)).toBe("stored");
      expect(lab.requests(requestId)).toHaveLength(2);
      expect(await storedIds()).toHaveLength(1);
      await expect.poll(() => onDisk(tab), soon).toEqual([]);
    });

    it.for([
      ["with Web Locks", "navigator.locks"],
      ["with a lease, where there are none", "undefined"],
    ] as const)("stores each event of two tabs once, one tab sending at a time, %s", async ([, locks]) => {
      lab.script(requestId, () => ({ slowMs: 50 }));
      const pair = [await openClient(), await openClient()];
      // Only once no tab looks any more for what an earlier visit left, and does so by the lock of before. A tab that goes
      // out of sight sends what it has whoever else does: here none does.
      for (const tab of pair)
        await tab.evaluate(`lab.feedback.flush().then(() => void (
          Object.defineProperty(navigator, "locks", { value: ${locks} }),
          addEventListener("visibilitychange", (event) => event.stopImmediatePropagation(), true)
        ))`);
      const votes = Array.from({ length: 20 }, (_, index) => vote(pair[index % 2]!));
      const ids = await Promise.all(votes);
      for (const tab of pair) await expect.poll(() => onDisk(tab), soon).toEqual([]);
      expect((await storedIds()).toSorted()).toEqual(ids.toSorted());
      expect(lab.requests(requestId).map(({ besides }) => besides)).not.toContain(1);
    });

    it("sends a vote as its tab is closed, or else at the next visit", async () => {
      const names = [1, 2, 3].map((visit) => `${requestId}-${visit}`);
      const ids: string[] = [];
      for (const name of names) {
        lab.script(name, (index) => (index === 0 ? { status: 503 } : "none"));
        // So slow to try again that only leaving does.
        const tab = await driver.open(lab.page(name, { haste: "0.01" }));
        await tab.evaluate("lab.feedback.flush()");
        ids.push(await vote(tab));
        await expect.poll(() => tab.evaluate("lab.problems.length"), soon).toBe(1);
        expect(await onDisk(tab)).toEqual(ids.slice(-1));
        await tab.close();
      }
      // No browser promises that each of them arrives.
      await expect.poll(async () => (await stored()).length, soon).toBeGreaterThanOrEqual(2);
      for (const name of names) await open(lab.page(name));
      await expect.poll(storedIds, soon).toEqual(ids);
    });

    it("records what share of an answer is copied", async () => {
      const tab = await openAnswer();
      await tab.evaluate("getSelection().selectAllChildren(answer.firstElementChild)");
      await tab.copy();
      await tab.evaluate("feedback.flush()");
      const [part, all] = [answer[0], answer.join("")].map((text) => text.replace(/\s/g, "").length);
      const usages = (await stored()).filter(({ type }) => type === "implicit_usage");
      expect(usages).toMatchObject([{ value: "copied", share: part! / all! }]);
    });

    it("records what becomes of an answer in a text field", async () => {
      const tab = await openAnswer();
      await tab.evaluate("insert(draft)");
      const output = await tab.evaluate<string>("draft.value");
      await tab.evaluate("draft.focus(), draft.setSelectionRange(1e6, 1e6)");
      await tab.type(" And salt!");
      const edited = await tab.evaluate<string>("draft.value");
      expect(edited).toBe(`${output} And salt!`);
      await tab.evaluate("form.onsubmit = () => false, form.requestSubmit()");
      await tab.evaluate("feedback.flush()");

      const edits = (await stored()).filter(({ type }) => type === "implicit_edit");
      const [first, last] = [edits.at(0), edits.at(-1)].map((edit) => edit?.value as Edit);
      expect(first).toMatchObject({ similarity: 1, containment: 1, lengthRatio: 1 });
      expect(last).toMatchObject({ containment: 1, committed: true });
      // What is added at the end leaves every 4-gram of the output in place: a text of n characters has n - 3.
      const [a, b] = [output.length - 3, edited.length - 3];
      expect(last!.similarity).toBeCloseTo((2 * a) / (a + b), 12);
      expect((await summary()).usageIndicators).toMatchObject({ inserted: 1, copied: 0 });
    });
  });
}
