import { contain } from "../contain.ts";
import { textWithin } from "./text-within.ts";

/**
 * Tells when text of an element is copied from the page: the share of its characters, white space aside, above 0 to 1.
 * What is copied elsewhere, or out of a text field, is none of its business.
 */
export const watchCopies = (element: Element, onCopy: (share: number) => void, signal: AbortSignal): void => {
  const lengthOf = (selected?: AbstractRange): number =>
    textWithin(element, selected).replace(/\s/g, "").length;

  /** What is selected; inside shadow trees too, where the browser tells. */
  const selectedOn = (path: readonly EventTarget[]): AbstractRange | undefined => {
    const selection = document.getSelection();
    const shadowRoots = [...path, element.getRootNode(), element.shadowRoot].filter(
      (node) => node instanceof ShadowRoot,
    );
    if (shadowRoots.length > 0 && selection?.getComposedRanges)
      return selection.getComposedRanges({ shadowRoots })[0];
    return selection?.rangeCount ? selection.getRangeAt(0) : undefined;
  };

  const look = (event: ClipboardEvent): void => {
    const path = event.composedPath();
    const selected = selectedOn(path);
    // A field has a selection of its own, and leaves the one of the page where it was.
    if (!selected || (path[0] as Element).matches?.("input, textarea")) return;
    const copied = lengthOf(selected);
    if (copied > 0) onCopy(copied / lengthOf());
  };
  document.addEventListener("copy", (event) => contain(look, event), { capture: true, signal });
};
