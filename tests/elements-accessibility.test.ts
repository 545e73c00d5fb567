import { ar } from "@heed/widget/locales/ar";
import { en } from "@heed/widget/locales/en";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ElementPages, launchElementPages } from "./support/element-pages.ts";
import { elementHtml, elementStates, reachAll, type Texts, useTexts } from "./support/element-states.ts";
import { findViolations } from "./support/find-violations.ts";

interface Mode {
  readonly name: string;
  readonly context: BrowserContextOptions;
  /** Runs in the page before anything is done there. */
  readonly script?: string;
  readonly texts?: Texts;
}

const useLargeText = `
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% }");
  document.adoptedStyleSheets.push(sheet)`;

const narrow = { viewport: { width: 320, height: 640 } };

const modes: readonly Mode[] = [
  { name: "light", context: {} },
  { name: "dark", context: { colorScheme: "dark" } },
  { name: "forced colours", context: { forcedColors: "active" } },
  { name: "forced colours, dark", context: { forcedColors: "active", colorScheme: "dark" } },
  { name: "right to left", context: {}, texts: ar },
  // What a browser does at 200 %: half the pixels of the page, each twice as large.
  { name: "200 % zoom", context: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 } },
  { name: "200 % text", context: {}, script: useLargeText },
  { name: "320 px", context: narrow },
  { name: "320 px, dark, right to left", context: { ...narrow, colorScheme: "dark" }, texts: ar },
  { name: "reduced motion", context: { reducedMotion: "reduce" } },
];

let pages: ElementPages;
let combinations = 0;

beforeAll(async () => {
  pages = await launchElementPages();
});

afterAll(async () => {
  await pages?.close();
  console.log(`axe: ${combinations} combinations of state and mode`);
});

/** Colours that fade would be measured halfway. */
const settle = `Promise.allSettled([...document.querySelectorAll("main > *")].flatMap(({ shadowRoot }) =>
  shadowRoot?.getAnimations().map(({ finished }) => finished) ?? []))`;

it.each(modes)("no state has a violation in $name", async ({ context, script, texts = en }) => {
  const page = await pages.open(elementStates.map(elementHtml).join(""), context);
  await useTexts(page, texts);
  if (script) await page.evaluate(script);
  await reachAll(page, texts);
  await page.evaluate(settle);

  expect(await findViolations(page)).toEqual([]);
  combinations += elementStates.length;
  const overflow = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth";
  expect(await page.evaluate(overflow)).toBe(0);
  await page.close();
});

it("nothing was refused by the policy of the page, nor was there an error", () => {
  expect(pages.problems).toEqual([]);
});
