import { getFeedbackSummary } from "@heed/core";
import { en } from "@heed/widget/locales/en";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type ElementPages, launchElementPages } from "./support/element-pages.ts";

let pages: ElementPages;
let page: Page;
let requestId = "";
let count = 0;

beforeAll(async () => {
  pages = await launchElementPages();
});

afterAll(() => pages?.close());

beforeEach(async () => {
  requestId = `form-${++count}`;
  const attributes = `request-id="${requestId}" endpoint="/v1/feedback"`;
  page = await pages.open(
    `<form>
      <fieldset>
        <legend>A survey</legend>
        <heed-thumbs name="liked" ${attributes}></heed-thumbs>
        <heed-rating name="quality" ${attributes}></heed-rating>
        <heed-comment name="words" ${attributes}></heed-comment>
        <heed-feedback name="all" ${attributes}></heed-feedback>
        <heed-rating ${attributes}></heed-rating>
      </fieldset>
      <input name="other" value="1" aria-label="other">
    </form>`,
  );
  await words().waitFor();
  return () => page.close();
});

const like = (): Locator => page.locator("heed-thumbs").getByRole("button", { name: en.thumbUp });
const star = (stars: number): Locator =>
  page
    .locator("heed-rating[name]")
    .getByRole("radio")
    .nth(stars - 1);
const words = (): Locator => page.locator("heed-comment").getByRole("textbox");
const send = (): Locator => page.locator("heed-comment").getByRole("button", { name: en.send });

/** What the form would send. */
const sent = (): Promise<unknown> =>
  page.evaluate(`Object.fromEntries(new FormData(document.querySelector("form")))`);

it("adds to its form what was said, under its name, and nothing before", async () => {
  expect(await sent()).toEqual({ words: "", other: "1" });
  await like().click();
  await star(4).click();
  await words().fill("A word");
  expect(await sent()).toEqual({ liked: "up", quality: "4", words: "A word", other: "1" });
  await send().click();
  await like().click();
  await star(2).click();
  expect(await sent()).toEqual({ quality: "2", words: "A word", other: "1" });
});

it("is disabled with a fieldset around it", async () => {
  const disable = (disabled: boolean) =>
    page.evaluate(`document.querySelector("fieldset").disabled = ${disabled}`);
  await star(3).click();
  await disable(true);
  const controls = page
    .locator("fieldset")
    .getByRole("button")
    .or(page.locator("fieldset").getByRole("radio"));
  for (const control of await controls.all()) expect(await control.isDisabled()).toBe(true);
  expect(await words().isDisabled()).toBe(true);
  expect(await sent()).toEqual({ other: "1" });
  await disable(false);
  expect(await like().isEnabled()).toBe(true);
  expect(await sent()).toEqual({ quality: "3", words: "", other: "1" });
  await page.evaluate(`document.querySelector("heed-thumbs").setAttribute("disabled", "")`);
  expect(await like().isEnabled()).toBe(false);
});

it("is empty again when the form is reset, and nothing is withdrawn", async () => {
  await like().click();
  await star(4).click();
  await words().fill("A word");
  await send().click();
  await expect
    .poll(() => getFeedbackSummary(pages.store, requestId))
    .toMatchObject({ thumbsUp: 1, avgRating: 4, comments: [{ text: "A word" }] });
  await page.evaluate(`document.querySelector("form").reset()`);
  expect(await sent()).toEqual({ words: "", other: "1" });
  expect(await like().getAttribute("aria-pressed")).toBe("false");
  expect(await star(4).isChecked()).toBe(false);
  expect(await words().inputValue()).toBe("");

  // What is said next takes the place of what was said before: nothing else was sent.
  await star(1).click();
  await expect
    .poll(() => getFeedbackSummary(pages.store, requestId))
    .toMatchObject({ thumbsUp: 1, ratingCount: 1, avgRating: 1, comments: [{ text: "A word" }] });
  expect(await sent()).toEqual({ quality: "1", words: "", other: "1" });
});

it("does not submit the form by itself", async () => {
  await page.evaluate(`document.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    document.title = "submitted";
  })`);
  await like().click();
  await star(4).press("Enter");
  await words().fill("A word");
  await words().press("Control+Enter");
  expect(await page.title()).not.toBe("submitted");
});

it("was refused nothing, and threw nothing", () => {
  expect(pages.problems).toEqual([]);
});
