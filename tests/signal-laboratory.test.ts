import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getFeedbackSummary } from "@heed/core";
import type { Edit, FeedbackEvent } from "@heed/schema";
import { sqliteStore } from "@heed/store-sqlite";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium } from "./support/launch-chromium.ts";
import { answer, serveSignals } from "./support/serve-signals.ts";

const folder = mkdtempSync(join(tmpdir(), "heed-signals-"));
const store = sqliteStore(join(folder, "feedback.db"));
let browser: Browser;
let site: Awaited<ReturnType<typeof serveSignals>>;
let page: Page;
let requestId = "";
let count = 0;
const broken: string[] = [];
const sent: string[] = [];

beforeAll(async () => {
  await store.setup();
  site = await serveSignals(store);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  requestId = `req-${++count}`;
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  page = await context.newPage();
  page.on("pageerror", (error) => broken.push(error.message));
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  return () => context.close();
});

/** Runs a script on the page. */
const run = (script: string): Promise<unknown> => page.evaluate(script);

/** Opens the laboratory and observes the answer; `options` are what `observe` is told, as JavaScript. */
const open = async (options = "", element = "answer"): Promise<void> => {
  await page.goto(site.url);
  await page.waitForFunction("globalThis.watch");
  await observe(options, element);
};
const observe = (options = "", element = "answer") =>
  run(`watch(${element}, { requestId: "${requestId}", ${options} })`);

/** What is in the store about this test's request, without asking the page to send anything. */
const stored = async (): Promise<readonly FeedbackEvent[]> =>
  (await store.readFeedback({ requestId }, { limit: 1_000 })).items;

/** What is in the store once the page has sent everything. */
const recorded = async (): Promise<readonly FeedbackEvent[]> => {
  await run("delivered()");
  return stored();
};

/** What was recorded, short. */
const signals = async (): Promise<readonly string[]> =>
  (await recorded()).map((event) =>
    [event.type.slice("implicit_".length), event.value, "share" in event ? event.share?.toFixed(4) : ""]
      .join(" ")
      .trim(),
  );

const letters = (...texts: string[]): number => texts.join("").replace(/\s/g, "").length;
const all = letters(...answer);
const shareOf = (...texts: string[]): string => (letters(...texts) / all).toFixed(4);

test("a user who walks away has seen it, and recorded no copy, no use and no discard", async () => {
  await open("now: () => ms");
  await run("settled()");
  await run("globalThis.ms += 3_000");
  await page.goto("about:blank");
  await expect.poll(stored).toMatchObject([{ type: "implicit_exposure", value: { visibleMs: 3_000 } }]);
  const { exposures, discards, usageIndicators } = await getFeedbackSummary(store, requestId);
  expect(exposures.count).toBe(1);
  expect(new Set([...Object.values(discards), ...Object.values(usageIndicators)])).toEqual(new Set([0]));
});

describe("a user who copies", () => {
  const copy = () => page.keyboard.press("Control+C");
  const paragraph = (index: number) => page.locator("#answer p").nth(index);

  /** Selects with the mouse from the start of one element to the end of another, and copies. */
  const copyFromTo = async (from: Locator, to: Locator): Promise<void> => {
    // Where text is selected already, the mouse would move that.
    await page.locator("#after").click();
    const start = (await from.boundingBox())!;
    const end = (await to.boundingBox())!;
    await page.mouse.move(start.x, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width, end.y + end.height / 2, { steps: 3 });
    await page.mouse.up();
    await copy();
  };
  const copyAll = () => copyFromTo(paragraph(0), paragraph(1));
  const copyParagraph = async (index: number): Promise<void> => {
    await paragraph(index).click({ clickCount: 3 });
    await copy();
  };
  const copyFirstWord = async (): Promise<void> => {
    await paragraph(0).dblclick({ position: { x: 5, y: 10 } });
    await copy();
  };
  /** A window would do it on Control+A. */
  const copyPage = async (): Promise<void> => {
    await run(`document.execCommand("selectAll")`);
    await copy();
  };

  test("all of it with the mouse has copied in full", async () => {
    await open();
    await copyAll();
    expect(await signals()).toEqual(["usage copied 1.0000"]);
    expect((await getFeedbackSummary(store, requestId)).usageIndicators.copied).toBe(1);
  });

  test("the whole page has copied it in full", async () => {
    await open();
    await copyPage();
    expect(await signals()).toEqual(["usage copied 1.0000"]);
  });

  test("a word, twice, then a paragraph, then less, then all has copied three times, ever more", async () => {
    await open();
    await copyFirstWord();
    await copyFirstWord();
    await copyParagraph(1);
    await copyFirstWord();
    await copyAll();
    expect(await signals()).toEqual([
      `usage copied ${shareOf("Boil")}`,
      `usage copied ${shareOf(answer[1])}`,
      "usage copied 1.0000",
    ]);
  });

  test("from before the answer into it with the keyboard has copied what lies in it", async () => {
    await open();
    await page.locator("#before").click({ position: { x: 1, y: 10 } });
    await page.keyboard.down("Shift");
    await paragraph(0).click({ position: { x: 1, y: 10 } });
    for (let at = 0; at < "Boil the".length; at++) await page.keyboard.press("ArrowRight");
    await page.keyboard.up("Shift");
    await copy();
    expect(await signals()).toEqual([`usage copied ${shareOf("Boil the")}`]);
  });

  test("something else has copied nothing of it", async () => {
    await open();
    await page.locator("#before").click({ clickCount: 3 });
    await copy();
    await page.locator("#draft").fill("A text of the user's own");
    await page.locator("#draft").selectText();
    await copy();
    expect(await signals()).toEqual([]);
  });

  test("out of a field in the answer has copied nothing of it", async () => {
    await open();
    await run(`answer.append(document.createElement("input")); answer.lastChild.value = "mine"`);
    await paragraph(0).click({ clickCount: 3 });
    await page.locator("#answer input").selectText();
    await copy();
    expect(await signals()).toEqual([]);
  });

  test("by a button of the host has copied in full, once", async () => {
    await open();
    await run(`output.used("copied"); output.used("copied")`);
    await copyAll();
    expect(await signals()).toEqual(["usage copied 1.0000"]);
  });

  describe("an answer that is a component, with its text in a shadow tree", () => {
    beforeEach(async () => {
      await open();
      await run(`
        const paragraphs = [...answer.children];
        const style = document.createElement("style");
        style.textContent = "p { margin: 20px }";
        answer.attachShadow({ mode: "open" }).append(style, ...paragraphs);
      `);
    });

    test("has copied a part, and all", async () => {
      await copyParagraph(1);
      await copyAll();
      expect(await signals()).toEqual([`usage copied ${shareOf(answer[1])}`, "usage copied 1.0000"]);
    });

    test("has copied in full with the whole page", async () => {
      await copyPage();
      expect(await signals()).toEqual(["usage copied 1.0000"]);
    });

    test("has copied what lies in it of a selection that comes from before it", async () => {
      await copyFromTo(page.locator("#before"), paragraph(0));
      expect(await signals()).toEqual([`usage copied ${shareOf(answer[0])}`]);
    });

    test("has copied nothing with the paragraph before it", async () => {
      await page.locator("#before").click({ clickCount: 3 });
      await copy();
      expect(await signals()).toEqual([]);
    });
  });

  describe("an answer in an app that is a component", () => {
    beforeEach(async () => {
      await open();
      await run(`
        output.stop();
        const app = document.createElement("section");
        before.after(app);
        app.attachShadow({ mode: "open" }).append("Around it. ", answer);
        watch(app.shadowRoot.querySelector("#answer"), { requestId: "${requestId}" });
      `);
    });

    test("has copied a part, and all", async () => {
      await copyParagraph(1);
      await copyAll();
      expect(await signals()).toEqual([`usage copied ${shareOf(answer[1])}`, "usage copied 1.0000"]);
    });

    test("has copied what lies in it of a selection that comes from outside", async () => {
      await copyFromTo(page.locator("#before"), paragraph(0));
      expect(await signals()).toEqual([`usage copied ${shareOf(answer[0])}`]);
    });

    test("has copied nothing with what is outside", async () => {
      await page.locator("#after").click({ clickCount: 3 });
      await copy();
      expect(await signals()).toEqual([]);
    });
  });
});

describe("a user who sees", () => {
  /** Lets time pass, once the browser has looked at the page as it is. */
  const pass = async (ms: number): Promise<void> => {
    await run("settled()");
    await run(`globalThis.ms += ${ms}`);
  };
  const hide = () => run(`setVisibility("hidden")`);
  const show = () => run(`setVisibility("visible")`);

  /** Scrolls until so many pixels of the answer, which comes from below, are in view. */
  const scrollTo = (pixels: number) =>
    run(`scrollBy(0, answer.getBoundingClientRect().top - (innerHeight - ${pixels}))`);

  const exposures = async () =>
    (await recorded()).map((event) => {
      expect(event.type).toBe("implicit_exposure");
      return event.value;
    });

  /** The answer, as high as told, a screen and more below the top of the page. */
  const openBelow = async (height: number): Promise<void> => {
    await open("now: () => ms");
    await run(`
      answer.style.cssText = "margin: 1500px 0; height: ${height}px; overflow: clip";
    `);
  };

  test("half of it for less than 750 ms in a row, however often, has not been exposed", async () => {
    await openBelow(200);
    for (let times = 0; times < 3; times++) {
      await scrollTo(120);
      await pass(749);
      await scrollTo(80);
      await pass(5_000);
    }
    await hide();
    expect(await exposures()).toEqual([]);
  });

  test("half of it for 750 ms has been exposed, and that is sent as the page hides", async () => {
    await openBelow(200);
    await scrollTo(80);
    await pass(10_000);
    await scrollTo(120);
    await pass(750);
    await hide();
    await expect.poll(stored).toMatchObject([{ value: { visibleMs: 750, activeMs: 750 } }]);
  });

  test("it hide has had it recorded before a client hears of that, however long it was there", async () => {
    await open("now: () => ms");
    await run(`
      output.stop();
      globalThis.heard = [];
      document.addEventListener("visibilitychange", () => heard.push(receipts.length));
    `);
    await observe("now: () => ms");
    await pass(1_000);
    await hide();
    expect(await run("heard")).toEqual([1]);
  });

  test("it again and again has times that add up, and none while the page is hidden", async () => {
    await openBelow(200);
    await scrollTo(200);
    await pass(1_000);
    await hide();
    await pass(60_000);
    await hide();
    await show();
    await pass(100);
    await scrollTo(0);
    await pass(3_000);
    await hide();
    await show();
    await pass(1_000);
    await run("output.stop(); output.stop()");
    await hide();
    expect(await exposures()).toEqual([
      { visibleMs: 1_000, activeMs: 1_000 },
      { visibleMs: 100, activeMs: 100 },
    ]);
    const { exposures: sum } = await getFeedbackSummary(store, requestId);
    expect(sum).toEqual({ count: 2, visibleMs: 1_100, activeMs: 1_100 });
  });

  test.each([
    ["", ""],
    [
      " in a box that clips it at the sides alone",
      `const box = document.createElement("div");
       box.style.overflowX = "hidden";
       answer.before(box);
       box.append(answer);`,
    ],
  ])("less than half of a screen of a long answer%s has not been exposed, more has", async (_, script) => {
    await openBelow(6_000);
    await run(script);
    await scrollTo(390);
    await pass(5_000);
    await scrollTo(410);
    await pass(800);
    // Past the middle of the answer, its end in view.
    await scrollTo(6_390);
    await pass(200);
    await scrollTo(6_410);
    await pass(5_000);
    await hide();
    expect(await exposures()).toEqual([{ visibleMs: 1_000, activeMs: 1_000 }]);
  });

  test("a long answer in a small pane sees half of the pane, as long as that is in view", async () => {
    await open("now: () => ms", "document.createElement('p')");
    await run(`
      const pane = document.createElement("div");
      pane.style.cssText = "height: 300px; overflow-y: auto; margin-bottom: 3000px";
      answer.style.cssText = "margin: 400px 0; height: 2000px";
      before.after(pane);
      pane.append(answer);
      globalThis.pane = pane;
    `);
    await observe("now: () => ms");
    await run("pane.scrollTop = 230");
    await pass(5_000);
    await run("pane.scrollTop = 270");
    await pass(900);
    // A third of the pane is left in view, and all of that is answer.
    await run("scrollBy(0, pane.getBoundingClientRect().bottom - 100)");
    await pass(5_000);
    await hide();
    expect(await exposures()).toEqual([{ visibleMs: 900, activeMs: 900 }]);
  });

  test("an answer grow while it streams is exposed in a row", async () => {
    await open("now: () => ms");
    await pass(400);
    await run(`answer.style.height = "5000px"`);
    await pass(400);
    await run("output.stop()");
    expect(await exposures()).toEqual([{ visibleMs: 800, activeMs: 800 }]);
  });

  test("it beside another window has been active only with the focus", async () => {
    await open("now: () => ms");
    // Playwright tells every page that it has the focus.
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setFocusEmulationEnabled", { enabled: false });
    await page.bringToFront();
    await pass(1_000);
    const other = await page.context().newPage();
    await other.bringToFront();
    await expect.poll(() => run("document.hasFocus()")).toBe(false);
    await pass(600);
    await page.bringToFront();
    await expect.poll(() => run("document.hasFocus()")).toBe(true);
    await pass(10);
    await run("output.stop()");
    expect(await exposures()).toEqual([{ visibleMs: 1_610, activeMs: 1_010 }]);
  });

  test("it leave the page has recorded what there was, once", async () => {
    await open("now: () => ms");
    await pass(2_000);
    await run("globalThis.gone = answer; gone.remove()");
    await pass(2_000);
    await run("before.before(gone)");
    await pass(2_000);
    await hide();
    expect(await exposures()).toEqual([{ visibleMs: 2_000, activeMs: 2_000 }]);
  });

  test("it move to another place of the page goes on seeing it", async () => {
    await open("now: () => ms");
    await pass(2_000);
    await run("before.before(answer)");
    await pass(1_000);
    await hide();
    expect(await exposures()).toEqual([{ visibleMs: 3_000, activeMs: 3_000 }]);
  });

  test("it while the clock is set back loses no more than that moment", async () => {
    await open("now: () => ms");
    await pass(1_000);
    await run("dispatchEvent(new Event('focus'))");
    await pass(-3_600_000);
    await run("dispatchEvent(new Event('focus'))");
    await pass(500);
    await run("output.stop()");
    expect(await exposures()).toEqual([{ visibleMs: 1_500, activeMs: 1_500 }]);
  });
});

describe("a user who edits", () => {
  const start = Date.UTC(2026, 0, 1);
  const clock = () => page.clock;

  const openPaused = async (options = ""): Promise<void> => {
    await clock().install({ time: start });
    await open(options);
    await clock().pauseAt(start + 600_000);
  };

  const edits = async (): Promise<readonly Edit[]> =>
    (await recorded()).flatMap((event) => (event.type === "implicit_edit" ? [event.value] : []));

  const deleteSecondParagraph = async (): Promise<void> => {
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+Home");
    await page.keyboard.press("Backspace");
  };

  const whole = { similarity: 1, containment: 1, lengthRatio: 1 };

  // python3 -c "
  // from collections import Counter as C
  // g = lambda t: C(t[i:i+4] for i in range(len(t) - 3))
  // def s(a, b): n = (g(a) & g(b)).total(); print(2*n / (g(a).total() + g(b).total()), n / g(a).total(), len(b) / len(a))
  // p = 'Boil the eggs for nine minutes, then cool them in cold water.\n\n'
  // a = p + 'Fresh eggs are harder to peel than old ones.'
  // s(a, p); s(a, p + 'Add a pinch of salt.')"
  const cut = { similarity: 0.7317073170731707, containment: 0.5769230769230769, lengthRatio: 0.5887850467 };
  const mended = {
    similarity: 0.6521739130434783,
    containment: 0.5769230769230769,
    lengthRatio: 0.7757009345794392,
  };

  /** A curve of samples, each within 0.01 of what is expected, and at its very time. */
  const expectCurve = (actual: readonly Edit[], expected: readonly Edit[]): void => {
    expect(actual.map(({ sampledAfterMs }) => sampledAfterMs)).toEqual(
      expected.map(({ sampledAfterMs }) => sampledAfterMs),
    );
    actual.forEach((sample, at) => {
      for (const field of ["similarity", "containment", "lengthRatio"] as const)
        expect(Math.abs(sample[field] - expected[at]![field]), `${field} at ${at}`).toBeLessThan(0.01);
      expect(sample.committed).toBe(expected[at]!.committed);
      expect(sample).not.toHaveProperty("text");
    });
  };

  test("a field by a known amount leaves the curve of that", async () => {
    await openPaused();
    await page.getByRole("button", { name: "Insert" }).click();
    await clock().runFor(10_000);
    await page.locator("#draft").focus();
    await deleteSecondParagraph();
    await clock().runFor(50_000);
    await page.keyboard.type("Add a pinch of salt.");
    await clock().runFor(1_000_000);
    expectCurve(await edits(), [
      { ...whole, sampledAfterMs: 0 },
      { ...whole, sampledAfterMs: 5_000 },
      { ...cut, sampledAfterMs: 30_000 },
      { ...mended, sampledAfterMs: 120_000 },
      { ...mended, sampledAfterMs: 300_000 },
      { ...mended, sampledAfterMs: 600_000 },
      { ...mended, sampledAfterMs: 900_000 },
    ]);
    expect((await recorded())[0]).toMatchObject({ type: "implicit_usage", value: "inserted" });
  });

  test("an editable element is sampled as well", async () => {
    await openPaused();
    await run("insert(note)");
    await clock().runFor(1_000);
    await page.locator("#note").focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Add a pinch of salt.");
    await clock().runFor(5_000);
    const [first, second] = await edits();
    expect(first).toEqual({ ...whole, sampledAfterMs: 0 });
    expect(second).toMatchObject({ containment: 1, sampledAfterMs: 5_000 });
    expect(second!.lengthRatio).toBeCloseTo((107 + 21) / 107, 6);
  });

  test("and sends the form has committed, whatever the host does with the field", async () => {
    await openPaused();
    await run("insert()");
    await clock().runFor(10_000);
    await page.locator("#draft").focus();
    await deleteSecondParagraph();
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("#draft").fill("Something else altogether");
    await clock().runFor(1_000_000);
    expectCurve(await edits(), [
      { ...whole, sampledAfterMs: 0 },
      { ...whole, sampledAfterMs: 5_000 },
      { ...cut, sampledAfterMs: 10_000, committed: true },
    ]);
  });

  test("and sends without a form is not sampled on what comes next", async () => {
    await openPaused();
    await run("insert()");
    await clock().runFor(10_000);
    await run(`draft.value = ""`);
    await page.locator("#draft").focus();
    await page.keyboard.type("Something else altogether");
    await clock().runFor(1_000_000);
    expect(await edits()).toHaveLength(2);
  });

  test("and deletes all of it has left nothing", async () => {
    await openPaused();
    await run("insert()");
    await clock().runFor(10_000);
    await page.locator("#draft").selectText();
    await page.keyboard.press("Delete");
    await clock().runFor(20_000);
    expect((await edits()).at(-1)).toEqual({
      similarity: 0,
      containment: 0,
      lengthRatio: 0,
      sampledAfterMs: 30_000,
    });
  });

  test("and undoes it, or closes the draft, is not sampled any more", async () => {
    for (const script of ["output.discarded('undone')", "draft.remove()", "output.stop()"]) {
      await page.close();
      page = await (await browser.newContext()).newPage();
      requestId = `req-${++count}`;
      await openPaused();
      await run("insert()");
      await clock().runFor(10_000);
      await run(script);
      await clock().runFor(1_000_000);
      expect(await edits(), script).toHaveLength(2);
      await page.context().close();
    }
  });

  test("in a tab that slept is sampled at once on return, at the real time", async () => {
    await openPaused();
    await run("insert()");
    await clock().runFor(0);
    await run(`setVisibility("hidden")`);
    await clock().setSystemTime(start + 600_000 + 100_000);
    await run(`setVisibility("visible")`);
    await run(`setVisibility("hidden"); setVisibility("visible")`);
    await clock().runFor(20_000);
    expect((await edits()).map(({ sampledAfterMs }) => sampledAfterMs)).toEqual([0, 100_000, 120_000]);
  });

  test("elsewhere is measured as the host tells", async () => {
    await openPaused();
    await run(`output.used("accepted")`);
    await clock().runFor(7_000);
    await run(`output.edited(answer.innerText.split("\\n\\n")[0] + "\\n\\n")`);
    await clock().runFor(1_000);
    await run(`output.edited(answer.innerText, { committed: true })`);
    expectCurve(await edits(), [
      { ...cut, sampledAfterMs: 7_000 },
      { ...whole, sampledAfterMs: 8_000, committed: true },
    ]);
  });

  test("has text recorded only where the host opted in, as the redactor leaves it", async () => {
    await openPaused(`includeText: true, redact: (text) => text.replaceAll("eggs", "…")`);
    await run("insert()");
    await clock().runFor(0);
    expect((await edits())[0]!.text).toMatch(/^Boil the … for nine minutes/);
  });

  test("is compared with the text that the host gives, where the page shows another", async () => {
    await openPaused(`text: () => "**Boil** the eggs"`);
    await run(`output.edited("**Boil** the eggs")`);
    expect(await edits()).toEqual([{ ...whole, sampledAfterMs: expect.any(Number) }]);
  });
});

describe("a user who throws it away", () => {
  test.each([
    ["Stop", "stopped"],
    ["Again", "regenerated"],
    ["Dismiss", "rejected"],
    ["Undo", "undone"],
  ])("with %j has discarded it: %s", async (name, how) => {
    await open();
    await page.getByRole("button", { name }).click();
    expect(await signals()).toEqual([`discard ${how}`]);
  });

  const prompt = "How long do I have to boil eggs?";
  const ask = async (question: string): Promise<void> => {
    await page.locator("#question").fill(question);
    await page.keyboard.press("Enter");
  };
  const openAsked = () => open(`now: () => ms, prompt: "${prompt}"`);

  test("and asks the same in other words has rephrased, once", async () => {
    await openAsked();
    await run("globalThis.ms += 120_000");
    await ask("How long do I boil eggs, please?");
    await ask(prompt);
    expect(await signals()).toEqual(["discard rephrased"]);
  });

  test.each([
    ["asks something else", "", "And how do I peel them?"],
    ["asks later than 120 s", "globalThis.ms += 120_001", prompt],
    ["had used it", `output.used("accepted")`, prompt],
    ["had edited it", `output.edited("x", { committed: true })`, prompt],
    ["had copied it", `output.used("copied")`, prompt],
  ])("and %s has not rephrased", async (_, before, question) => {
    await openAsked();
    await run(before);
    await ask(question);
    expect((await recorded()).filter(({ type }) => type === "implicit_discard")).toEqual([]);
  });
});

test("nothing on any of these pages was an error, and text left but the one where the host opted in", () => {
  expect(broken).toEqual([]);
  expect(sent.filter((body) => /Boil|salt|else/.test(body))).toHaveLength(1);
});
