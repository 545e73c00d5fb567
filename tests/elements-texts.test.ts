import { ar } from "@heed/widget/locales/ar";
import { de } from "@heed/widget/locales/de";
import { en } from "@heed/widget/locales/en";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type ElementPages, launchElementPages } from "./support/element-pages.ts";

let pages: ElementPages;
let page: Page;

beforeAll(async () => {
  pages = await launchElementPages();
});

afterAll(() => pages?.close());

beforeEach(async () => {
  page = await pages.open(
    `<heed-thumbs request-id="texts-1" endpoint="/v1/feedback"></heed-thumbs>
     <heed-thumbs request-id="texts-2" endpoint="/v1/feedback"></heed-thumbs>`,
  );
  await page.getByRole("button").first().waitFor();
  return () => page.close();
});

const setStrings = (strings: object) =>
  page.evaluate(`import("/heed-widget.js").then(({ setStrings }) => setStrings(${JSON.stringify(strings)}))`);

const own = (strings: object) =>
  page.evaluate(`document.querySelector("heed-thumbs").strings = ${JSON.stringify(strings)}`);

/** Name of the thumb up, language and direction of every element. */
const shown = (): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll("heed-thumbs")].map(({ shadowRoot }) => {
    const up = shadowRoot.querySelector("[part~=up]");
    return [up.ariaLabel, up.closest("[lang]")?.lang, getComputedStyle(up).direction].join();
  })`);

const english = `${en.thumbUp},en,ltr`;
const german = `${de.thumbUp},de,ltr`;
const arabic = `${ar.thumbUp},ar,rtl`;

it("is English until it is told otherwise, for all elements at once or for one", async () => {
  expect(await shown()).toEqual([english, english]);
  await setStrings(de);
  expect(await shown()).toEqual([german, german]);
  await own(ar);
  expect(await shown()).toEqual([arabic, german]);
  await setStrings(en);
  expect(await shown()).toEqual([arabic, english]);
});

it("speaks the language of the page in elements that come later, or come back", async () => {
  await page.evaluate(`globalThis.away = document.querySelector("heed-thumbs"); away.remove()`);
  await setStrings(de);
  await page.evaluate(
    `document.querySelector("main").append(away, Object.assign(document.createElement("heed-thumbs")))`,
  );
  expect(await shown()).toEqual([german, german, german]);
});

it("lets a host replace some texts, whose language is then the page's", async () => {
  await own({ thumbUp: "Yes", downReasons: { slow: "Sluggish" } });
  expect(await shown()).toEqual(["Yes,,ltr", english]);
  await page.evaluate(`document.documentElement.dir = "rtl"`);
  expect(await shown()).toEqual(["Yes,,rtl", `${en.thumbUp},en,rtl`]);
  await page.getByRole("button", { name: en.thumbDown }).first().click();
  await page.getByRole("button", { name: "Sluggish" }).waitFor();
  await page.getByRole("button", { name: en.downReasons.other }).waitFor();
});

it("takes the direction of the page, or of its own dir, for texts that bring none", async () => {
  await page.evaluate(`document.querySelector("heed-thumbs").dir = "rtl"`);
  expect(await shown()).toEqual([`${en.thumbUp},en,rtl`, english]);
});

it("keeps an open panel and its text when a host hands in equal texts", async () => {
  await own({ thumbUp: "Yes" });
  await page.getByRole("button", { name: en.thumbDown }).first().click();
  await page.getByRole("textbox").fill("unsent");
  await own({ thumbUp: "Yes" });
  expect(await page.getByRole("textbox").inputValue()).toBe("unsent");
});

it("thanks once, where the vote was given, however many elements the request has", async () => {
  await page.evaluate(`document.querySelector("heed-thumbs").setAttribute("request-id", "texts-2")`);
  const [first, second] = await page.getByRole("button", { name: en.thumbUp }).all();
  await first!.click();
  await page.getByText(en.stored).waitFor();
  expect(await second!.getAttribute("aria-pressed")).toBe("true");
  expect(await page.getByRole("status").allTextContents()).toEqual([en.stored, ""]);
});

it("shows the message that a host hands in, and tells it politely when it comes later", async () => {
  await page.evaluate(`(() => {
    const message = Object.assign(document.createElement("p"), { slot: "message", textContent: "Fixed." });
    document.querySelector("heed-thumbs").append(message);
  })()`);
  expect(await page.getByText("Fixed.").isVisible()).toBe(true);
  const region = `document.querySelector("[slot=message]").assignedSlot.closest("[aria-live]").ariaLive`;
  expect(await page.evaluate(region)).toBe("polite");
});

it("was refused nothing, and threw nothing", () => {
  expect(pages.problems).toEqual([]);
});
