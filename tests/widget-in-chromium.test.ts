import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type FeedbackSummary, getFeedbackSummary } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "./support/find-violations.ts";
import { launchChromium } from "./support/launch-chromium.ts";
import { servePage } from "./support/serve-page.ts";

const folder = mkdtempSync(join(tmpdir(), "heed-widget-"));
const file = join(folder, "feedback.db");
const store = sqliteStore(file);
let browser: Browser;
let site: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  await store.setup();
  site = await servePage(
    store,
    `<heed-feedback request-id="req-1" endpoint="/v1/feedback" user-id="user-1"></heed-feedback>`,
  );
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** The rows behind the store's back, in the order in which they were committed. */
const rows = (): string[] => {
  const database = new DatabaseSync(file, { readOnly: true });
  const found = database.prepare("SELECT type, value, reasons FROM feedback_events ORDER BY seq").all();
  database.close();
  return found.map(({ type, value, reasons }) =>
    [type, value, ...(reasons === null ? [] : [reasons])].join(" "),
  );
};

describe("a visitor in Chromium, under a strict CSP and Trusted Types", () => {
  let page: Page;
  const broken: string[] = [];

  beforeAll(async () => {
    // Colours that fade are measured halfway.
    page = await browser.newPage({ reducedMotion: "reduce" });
    page.on("pageerror", (error) => broken.push(error.message));
    page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
    await page.goto(site.url);
    await page.getByRole("group", { name: "Feedback on this answer" }).waitFor();
  });

  /** Does what a visitor does, and waits until the server has acknowledged one more event. */
  const doing = async (action: () => Promise<void>): Promise<Partial<FeedbackSummary>> => {
    const before = rows().length;
    await action();
    await expect.poll(() => rows().length).toBe(before + 1);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findViolations(page)).toEqual([]);
    }
    return getFeedbackSummary(store, "req-1");
  };

  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const press = (name: string) => () => button(name).click();
  const pressed = async () =>
    Promise.all(["Good answer", "Bad answer"].map((name) => button(name).getAttribute("aria-pressed")));

  it("finds nothing pressed, and no accessibility violation", async () => {
    expect(await pressed()).toEqual(["false", "false"]);
    expect(await findViolations(page)).toEqual([]);
    expect(rows()).toEqual([]);
  });

  it("clicks thumb up", async () => {
    expect(await doing(press("Good answer"))).toMatchObject({ thumbsUp: 1, thumbsDown: 0, humanScore: 5 });
    expect(rows().at(-1)).toBe("explicit_thumbs_up 1");
    expect(await pressed()).toEqual(["true", "false"]);
  });

  it("changes to thumb down, which opens the reasons and takes the focus there", async () => {
    expect(await doing(press("Bad answer"))).toMatchObject({ thumbsUp: 0, thumbsDown: 1, humanScore: 1 });
    expect(rows().at(-1)).toBe("explicit_thumbs_down 1");
    expect(await pressed()).toEqual(["false", "true"]);
    const panel = (await page.getByRole("group", { name: "Say more" }).boundingBox())!;
    const thumb = (await button("Bad answer").boundingBox())!;
    // Below, however wide the page: beside it, the panel would push the thumb from under the pointer.
    expect(panel.y).toBeGreaterThanOrEqual(thumb.y + thumb.height);
  });

  it("chooses a reason, which stands beside the one thumb", async () => {
    expect(await doing(press("Incorrect"))).toMatchObject({ thumbsDown: 1, reasons: { incorrect: 1 } });
    expect(rows().at(-1)).toBe('explicit_thumbs_down 1 ["incorrect"]');
  });

  it("writes a comment", async () => {
    const text = `The <b>second</b> step is "wrong"; 🚲 'ok'`;
    const summary = await doing(async () => {
      await page.getByRole("textbox", { name: "Your comment" }).fill(text);
      await press("Send")();
    });
    expect(summary).toMatchObject({ thumbsDown: 1, comments: [{ text, userId: "user-1" }] });
    expect(rows().at(-1)).toBe(`explicit_text_comment ${text}`);
    await page.getByText("Thank you!").waitFor();
  });

  it("takes the thumb back, and the comment stays", async () => {
    const summary = await doing(press("Bad answer"));
    expect(summary).toMatchObject({ thumbsUp: 0, thumbsDown: 0, reasons: {}, humanScore: null });
    expect(summary.comments).toHaveLength(1);
    expect(rows().at(-1)).toBe("explicit_retraction thumb");
    expect(await pressed()).toEqual(["false", "false"]);
    await page.getByText("Taken back.").waitFor();
  });

  it("rates with the keyboard alone, and clears the rating", async () => {
    await page.getByRole("radio", { name: "1 of 5 stars" }).focus();
    expect(await doing(() => page.keyboard.press("Space"))).toMatchObject({ ratingCount: 1, avgRating: 1 });
    expect(await doing(() => page.keyboard.press("ArrowRight"))).toMatchObject({
      ratingCount: 1,
      avgRating: 2,
    });
    expect(await doing(press("Clear the rating"))).toMatchObject({ ratingCount: 0, avgRating: null });
    expect(rows().at(-1)).toBe("explicit_retraction rating");
  });

  it("closes the panel with Escape, and never loses the focus", async () => {
    await button("Bad answer").focus();
    await doing(() => page.keyboard.press("Enter"));
    await page.keyboard.press("Escape");
    expect(await page.getByRole("group", { name: "Say more" }).isVisible()).toBe(false);
    const focused = await page.evaluate(
      `document.activeElement?.shadowRoot?.activeElement?.getAttribute("aria-label")`,
    );
    expect(focused).toBe("Bad answer");
  });

  it("has caused no error, and no violation of the policy", () => {
    expect(broken).toEqual([]);
  });
});

describe("an element that cannot send", () => {
  it("says so, offers to try again, and has no violation, nor has one that is disabled", async () => {
    const elsewhere = await servePage(
      store,
      `<heed-feedback request-id="req-2" endpoint="/v1/nowhere"></heed-feedback>
       <heed-thumbs request-id="req-3" endpoint="/v1/feedback" disabled></heed-thumbs>`,
    );
    const page = await browser.newPage({ reducedMotion: "reduce" });
    await page.goto(elsewhere.url);
    const [first, second] = await page.getByRole("button", { name: "Good answer" }).all();
    await first!.click();
    await page.getByText("Not sent.").waitFor();
    expect(await page.getByRole("button", { name: "Try again" }).isVisible()).toBe(true);
    expect(await first!.getAttribute("aria-pressed")).toBe("false");
    expect(await second!.isDisabled()).toBe(true);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findViolations(page)).toEqual([]);
    }
    await page.close();
    await elsewhere.close();
  });
});
