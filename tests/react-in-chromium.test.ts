import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { sqliteStore } from "@heed/store-sqlite";
import { type BuildOptions, build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "./support/launch-chromium.ts";
import { servePage } from "./support/serve-page.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
// Inside the repository, so that Node finds the packages that are not bundled.
const folder = mkdtempSync(`${root}.tmp-react-`);
const readme = readFileSync(`${root}packages/react/README.md`, "utf8");
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Where each major version of React is installed. */
const versions = { 18: `${root}tests/react-18/node_modules`, 19: `${root}node_modules` };

/** Bundles a file of `@heed/react` from its sources, with one React and all its warnings. */
const bundle = async (file: string, modules: string, options: BuildOptions): Promise<Uint8Array> => {
  const { outputFiles } = await build({
    entryPoints: [`${root}packages/react/src/testing/${file}`],
    bundle: true,
    write: false,
    jsx: "automatic",
    conditions: ["@heed/source"],
    alias: { react: `${modules}/react`, "react-dom": `${modules}/react-dom` },
    define: { "process.env.NODE_ENV": '"development"' },
    ...options,
  });
  return outputFiles![0]!.contents;
};

describe.each([18, 19] as const)("React %i, server-rendered and hydrated under StrictMode", (major) => {
  const file = join(folder, `react-${major}.db`);
  const store = sqliteStore(file);
  let site: Awaited<ReturnType<typeof servePage>>;
  let page: Page;
  let markup: string;
  const complaints: string[] = [];

  /** The rows behind the store's back, in the order in which they were committed: what was seen, or all else. */
  const rows = (what: "seen" | "else" = "else"): string[] => {
    const database = new DatabaseSync(file, { readOnly: true });
    const found = database
      .prepare(
        `SELECT request_id, user_id, type, value, reasons FROM feedback_events
           WHERE (type = 'implicit_exposure') = ? ORDER BY seq`,
      )
      .all(Number(what === "seen"));
    database.close();
    return found.map((row) =>
      Object.values(row)
        .filter((value) => value !== null)
        .join(" "),
    );
  };

  beforeAll(async () => {
    await store.setup();
    const rendering = join(folder, `render-${major}.cjs`);
    writeFileSync(
      rendering,
      await bundle("render-test-page.tsx", versions[major], { platform: "node", format: "cjs" }),
    );
    ({ markup } = createRequire(import.meta.url)(rendering) as { markup: string });
    const script = await bundle("hydrate-test-page.tsx", versions[major], { format: "esm" });
    site = await servePage(store, `<div id="root">${markup}</div>`, script);
    page = await browser.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(site.url);
  });

  afterAll(async () => {
    await page?.close();
    await site?.close();
    await store.close();
  });

  const press = (name: string, within: Pick<Page, "getByRole"> = page) =>
    within.getByRole("button", { name, exact: true }).click();
  const own = () => page.getByRole("region", { name: "Own" });
  const lost = () => page.getByRole("region", { name: "Lost" });
  const said = (region = own()) => region.locator("output").textContent();
  const isPressed = (name: string) =>
    page.locator(".mine").getByRole("button", { name, exact: true }).getAttribute("aria-pressed");

  /** Waits until the store has these rows more, in any order, and no others a while later. */
  const expectNew = async (before: readonly string[], ...added: readonly string[]): Promise<void> => {
    await expect.poll(() => rows().length).toBeGreaterThanOrEqual(before.length + added.length);
    await page.waitForTimeout(100);
    expect(rows().slice(before.length).sort()).toEqual([...added].sort());
  };

  it("is this React, and sends the bare tag", async () => {
    expect(await page.getByText("React ").first().textContent()).toMatch(`React ${major}.`);
    expect(markup).toContain(`<heed-feedback class="mine" request-id="req-1"></heed-feedback>`);
  });

  it("keeps the room of the control that is yet to come, with the style sheet of the README", async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const slow = await context.newPage();
    const { promise: loading, resolve: load } = Promise.withResolvers<void>();
    await slow.route("**/*.js", async (route) => {
      await loading;
      await route.continue();
    });
    await slow.goto(site.url, { waitUntil: "commit" });
    const below = slow.getByRole("region", { name: "Own" });
    await below.waitFor();
    await slow.addStyleTag({ content: /^```css\n(.*?)^```$/ms.exec(readme)![1]! });
    const before = await below.boundingBox();
    load();
    await slow.locator(".mine").getByRole("button").first().waitFor();
    expect(await below.boundingBox()).toEqual(before);
    await context.close();
  });

  it("hydrates without an error or a warning, and the control can be used", async () => {
    await expect.poll(() => page.locator(".mine").getByRole("button").first().isEnabled()).toBe(true);
    expect(await said()).toBe("- - - -");
    expect(complaints).toEqual([]);
  });

  it("stores a vote through <Feedback> once, tells the host, and the own controls agree", async () => {
    const before = rows();
    await press("Good answer", page.locator(".mine"));
    await expectNew(before, "req-1 user-1 explicit_thumbs_up 1");
    expect(await said()).toBe("up - - stored");
    expect(await page.getByTestId("told").textContent()).toBe("explicit_thumbs_up");
  });

  it("stores each vote through useFeedback once, and <Feedback> agrees", async () => {
    const before = rows();
    await press("Four stars", own());
    await press("Well said", own());
    await press("Bad", own());
    await expectNew(
      before,
      "req-1 user-1 explicit_rating 4",
      "req-1 user-1 explicit_text_comment Well said.",
      "req-1 user-1 explicit_thumbs_down 1",
    );
    expect(await said()).toBe("down 4 Well said. stored");
    expect(await isPressed("Bad answer")).toBe("true");
    expect(await page.locator(".mine").getByRole("radio", { name: "4 of 5 stars" }).isChecked()).toBe(true);
  });

  it("takes a vote back, and gives reasons with one", async () => {
    const before = rows();
    await press("Good", own());
    await expect.poll(() => own().getByRole("button", { pressed: true }).count()).toBe(1);
    await press("Good", own());
    await expectNew(
      before,
      'req-1 user-1 explicit_thumbs_up 1 ["clear"]',
      "req-1 user-1 explicit_retraction thumb",
    );
    expect(await said()).toBe("- 4 Well said. takenBack");
  });

  it("begins anew with another request, and finds what was said when the first comes back", async () => {
    const before = rows();
    await press("Second request");
    expect(await said()).toBe("- - - -");
    expect(await isPressed("Bad answer")).toBe("false");
    await press("Good answer", page.locator(".mine"));
    await expectNew(before, "req-2 user-1 explicit_thumbs_up 1");
    await press("Second request");
    expect(await said()).toBe("- 4 Well said. takenBack");
    expect(await isPressed("Good answer")).toBe("false");
  });

  it("keeps working, and what was said, when the controls are unmounted and mounted again", async () => {
    const before = rows();
    await press("Hide");
    expect(await own().count()).toBe(0);
    await press("Hide");
    expect(await said()).toBe("- 4 Well said. takenBack");
    await press("Good answer", page.locator(".mine"));
    await expectNew(before, "req-1 user-1 explicit_thumbs_up 1");
  });

  it("keeps working when the provider is unmounted and mounted again", async () => {
    const before = rows();
    await press("Four stars", own());
    await press("Close");
    // Its client is closed: nobody takes this any more.
    await press("Vote late");
    await press("Close");
    expect(await said()).toBe("- - - -");
    await press("Good answer", page.locator(".mine"));
    await expectNew(before, "req-1 user-1 explicit_rating 4", "req-1 user-1 explicit_thumbs_up 1");
  });

  it("passes changed properties on", async () => {
    const control = page.locator(".mine");
    await press("German");
    await control.getByRole("button", { name: "Gut", exact: true }).waitFor();
    await press("Disable");
    expect(await control.getByRole("button", { name: "Gut" }).isDisabled()).toBe(true);
    await press("Disable");
    expect(await control.getByRole("button", { name: "Gut" }).isDisabled()).toBe(false);
    await press("Stars");
    const before = rows();
    await control.getByRole("radio", { name: "5 of 5 stars" }).check();
    await expectNew(before, "req-1 user-1 explicit_rating 5");
    await press("Stars");
    await press("German");
    await control.getByRole("button", { name: "Good answer", exact: true }).waitFor();
  });

  it("goes back where a vote was dropped, and offers to send it again", async () => {
    await press("Four stars", lost());
    await expect.poll(() => said(lost())).toBe("- - - notSent");
    await press("Once more", lost());
    await expect.poll(() => said(lost())).toBe("- - - notSent");
    expect(await said()).not.toContain("notSent");
    // The browser's own words on the 404 that this needs.
    expect(complaints.splice(0)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining("404 (Not Found)")),
    );
  });

  it("records what is copied from an observed output, of the request that it is of, and that it was used", async () => {
    const copy = async () => {
      await page.getByText("Forty-two.").selectText();
      await page.keyboard.press("Control+c");
    };
    const before = rows();
    await copy();
    await press("Insert");
    await press("Second request");
    await copy();
    await press("Second request");
    await copy();
    await expectNew(
      before,
      "req-1 user-1 implicit_usage copied",
      "req-1 user-1 implicit_usage inserted",
      "req-2 user-1 implicit_usage copied",
      "req-1 user-1 implicit_usage copied",
    );
  });

  it("records once how long an output was seen, when it goes", async () => {
    await page.waitForTimeout(800);
    const before = rows("seen");
    await press("Hide");
    await expect.poll(() => rows("seen").length).toBe(before.length + 1);
    expect(rows("seen").at(-1)).toMatch("req-1 user-1 implicit_exposure");
  });

  it("has complained of nothing", () => {
    expect(complaints).toEqual([]);
  });
});
