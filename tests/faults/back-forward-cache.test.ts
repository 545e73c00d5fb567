/** What a page with the client may not lose: its place in the back/forward cache. Scenario 19 of the fault scenarios. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { setUpVisitors } from "./set-up-visitors.ts";

// Playwright switches the cache off, and cannot wait for a page that comes from there: the page's own history goes back.
const setting = setUpVisitors({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
const { visit, eventually } = setting;

const withoutLocks = `Object.defineProperty(Navigator.prototype, "locks", { value: undefined });`;

describe("19. away to another page of the site and back, three times", () => {
  const watched = `
    globalThis.restored = [];
    addEventListener("pageshow", ({ persisted }) => restored.push(persisted));`;

  /** Leaves for another page of the same site, and comes back. */
  const leaveAndReturn = async ({ name, page }: Awaited<ReturnType<typeof visit>>): Promise<void> => {
    const { lab } = setting;
    await page.goto(lab.page(name, { page: "another" }));
    await sleep(200);
    // Going back ends the page that is asked to.
    await page.evaluate("void setTimeout(() => history.back())");
    await eventually(() => page.evaluate("location.search").catch(() => "another")).not.toContain("another");
  };

  const reasons = (page: { evaluate(code: string): Promise<unknown> }) =>
    page.evaluate("performance.getEntriesByType('navigation')[0].notRestoredReasons?.reasons ?? null");

  it.each([
    ["by Web Locks", ""],
    ["by a lease", withoutLocks],
  ])("with everything stored, %s: the page is restored", async (_, before) => {
    const visitor = await visit({ before: before + watched });
    for (let round = 0; round < 3; round++) {
      await visitor.vote(2);
      await visitor.arrives();
      await visitor.ask("feedback.flush()");
      await leaveAndReturn(visitor);
      expect(await reasons(visitor.page)).toBeNull();
    }
    expect(await visitor.page.evaluate("restored")).toEqual([false, true, true, true]);
    await visitor.arrives();
  });

  // Chromium lets go of the Web Lock of a page that is frozen only by giving up the page.
  it("with a request on its way: restored or loaded anew, everything is stored once", async () => {
    const visitor = await visit({ before: watched, faults: () => ({ slowMs: 300 }) });
    for (let round = 0; round < 3; round++) {
      const { length } = visitor.requests();
      await visitor.vote(2);
      await visitor.requested(length + 1);
      await leaveAndReturn(visitor);
    }
    await visitor.arrives();
  });
});

it("nothing listens to unload or beforeunload", async () => {
  const { page, vote, ask, arrives } = await visit({
    before: `
      globalThis.listened = [];
      const { addEventListener } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        listened.push(type);
        return addEventListener.call(this, type, ...rest);
      };`,
  });
  await vote(2);
  await arrives();
  await ask("feedback.close()");
  const listened = await page.evaluate<string[]>("listened");
  expect(listened).toContain("pagehide");
  expect(listened.filter((type) => type.includes("unload"))).toEqual([]);
  expect(await page.evaluate("[onunload, onbeforeunload]")).toEqual([null, null]);
});
