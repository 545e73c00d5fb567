import { en } from "../locales/en.ts";
import { completeStrings, type FeedbackStrings, type FeedbackStringsInput } from "./feedback-strings.ts";

/** The texts of the elements that have none of their own, and who is called when they change. */
export const pageStrings: { current: FeedbackStrings; readonly readers: Set<() => void> } = {
  current: en,
  readers: new Set(),
};

/**
 * Sets the texts of all elements on the page, those to come included. The `strings` of an element come first.
 *
 * @example
 * import { setStrings } from "@heed/widget/elements";
 * import { de } from "@heed/widget/locales/de";
 * setStrings(de);
 */
export const setStrings = (strings: FeedbackStringsInput): void => {
  pageStrings.current = completeStrings(en, strings);
  for (const reader of pageStrings.readers) reader();
};
