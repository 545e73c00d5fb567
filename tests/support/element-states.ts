import type { en } from "@heed/widget/locales/en";
import type { Locator, Page } from "playwright-core";

/** The texts that the elements show, by which a visitor finds their controls. */
export type Texts = typeof en;

/** What an element can look like, and how a visitor gets it there. */
export interface ElementState {
  readonly name: string;
  readonly tag: "heed-thumbs" | "heed-rating" | "heed-comment" | "heed-feedback";
  readonly attributes?: string;
  readonly content?: string;
  reach?(element: Locator, texts: Texts): Promise<void>;
}

const button = (element: Locator, name: string): Locator =>
  element.getByRole("button", { name, exact: true });

const field = (element: Locator, texts: Texts): Locator =>
  element.getByRole("textbox", { name: texts.comment });

const open = async (element: Locator, texts: Texts): Promise<void> => {
  await button(element, texts.thumbDown).click();
  await button(element, texts.downReasons.incorrect).click();
  await element.getByText(texts.stored).waitFor();
};

const comment = async (element: Locator, texts: Texts): Promise<void> => {
  await field(element, texts).fill("The second step is wrong.\nIt wants a screw.");
  await button(element, texts.send).click();
  await element.getByText(texts.stored).waitFor();
};

/** Every state of every element; a page can show them all at once, as each is on a request of its own. */
export const elementStates: readonly ElementState[] = [
  { name: "idle", tag: "heed-feedback" },
  {
    name: "voted",
    tag: "heed-feedback",
    async reach(element, texts) {
      await button(element, texts.thumbUp).click();
      await element.getByText(texts.stored).waitFor();
    },
  },
  {
    name: "rated",
    tag: "heed-feedback",
    async reach(element, texts) {
      await element.getByRole("radio", { name: texts.stars.replace("{stars}", "4") }).click();
      await element.getByText(texts.stored).waitFor();
    },
  },
  {
    name: "taken-back",
    tag: "heed-feedback",
    async reach(element, texts) {
      await button(element, texts.thumbUp).click();
      await button(element, texts.thumbUp).click();
      await element.getByText(texts.takenBack).waitFor();
    },
  },
  { name: "reasons", tag: "heed-feedback", reach: open },
  {
    name: "comment",
    tag: "heed-feedback",
    async reach(element, texts) {
      await open(element, texts);
      await field(element, texts).fill("The second step is");
    },
  },
  {
    name: "submitted",
    tag: "heed-feedback",
    async reach(element, texts) {
      await open(element, texts);
      await comment(element, texts);
    },
  },
  {
    name: "submitted-and-opened",
    tag: "heed-feedback",
    async reach(element, texts) {
      await open(element, texts);
      await comment(element, texts);
      await button(element, texts.details).click();
      await button(element, texts.takeBack).waitFor();
    },
  },
  {
    name: "error",
    tag: "heed-feedback",
    attributes: 'endpoint="/v1/nowhere"',
    async reach(element, texts) {
      await button(element, texts.thumbDown).click();
      await button(element, texts.tryAgain).waitFor();
    },
  },
  { name: "disabled", tag: "heed-feedback", attributes: "disabled" },
  {
    name: "message",
    tag: "heed-feedback",
    content: '<p slot="message">You said that the prices are old. They are read anew every hour now.</p>',
  },
  { name: "thumbs", tag: "heed-thumbs" },
  { name: "thumbs-reasons", tag: "heed-thumbs", reach: open },
  { name: "thumbs-disabled", tag: "heed-thumbs", attributes: "disabled" },
  { name: "rating", tag: "heed-rating" },
  {
    name: "rating-rated",
    tag: "heed-rating",
    async reach(element, texts) {
      await element.getByRole("radio", { name: texts.stars.replace("{stars}", "5") }).click();
      await element.getByText(texts.stored).waitFor();
    },
  },
  { name: "comment-empty", tag: "heed-comment" },
  { name: "comment-submitted", tag: "heed-comment", reach: comment },
  { name: "comment-disabled", tag: "heed-comment", attributes: "disabled" },
];

/** The markup of an element in its first state; a later attribute of the same name is ignored by HTML. */
export const elementHtml = ({ name, tag, attributes = "", content = "" }: ElementState): string =>
  `<${tag} id="${name}" ${attributes} request-id="${name}" endpoint="/v1/feedback" user-id="user-1">${content}</${tag}>`;

/** Brings the elements of a page into their states. */
export const reachAll = async (page: Page, texts: Texts): Promise<void> => {
  for (const { name, reach } of elementStates) await reach?.(page.locator(`#${name}`), texts);
};

/** Sets the texts of the elements of a page, and turns the page to their language and direction. */
export const useTexts = (page: Page, texts: Texts): Promise<unknown> =>
  page.evaluate(`import("/heed-widget.js").then(({ setStrings }) => {
    const texts = ${JSON.stringify(texts)};
    document.documentElement.lang = texts.lang;
    document.documentElement.dir = texts.dir ?? "ltr";
    setStrings(texts);
  })`);
