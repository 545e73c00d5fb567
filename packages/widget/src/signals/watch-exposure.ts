import type { FeedbackEvent } from "@heed/schema";
import { contain } from "../contain.ts";

/** How long an output has to be visible in a row to be exposed. */
const exposedAfterMs = 750;

/** From half of an output down: what is a hundred screens long is seen in parts of half a percent. */
const thresholds = Array.from({ length: 64 }, (_, at) => 0.5 * 0.93 ** at);

type Exposure = Extract<FeedbackEvent, { type: "implicit_exposure" }>["value"];

/**
 * Watches how long an element is visible: half of it, or half of what it is seen through, on a visible page. Once it
 * was exposed, tells how long it was visible since it was last told: when the page hides, and at the end, which is
 * when `watching` is aborted or the element leaves the page. A browser without `IntersectionObserver` tells nothing.
 */
export const watchExposure = (
  element: Element,
  now: () => number,
  onExposure: (exposure: Exposure) => void,
  watching: AbortController,
): void => {
  if (!globalThis.IntersectionObserver) return;
  const { signal } = watching;
  let isInView = false;
  let isVisible = false;
  let isActive = false;
  let isExposed = false;
  let wasConnected = false;
  let lastMs = 0;
  let inARowMs = 0;
  let visibleMs = 0;
  let activeMs = 0;

  /** Accounts for the time since the last look, and looks anew. */
  const account = (isLeaving: boolean): void => {
    const ms = now();
    // A clock that was set back has measured nothing.
    const passedMs = Math.max(0, ms - lastMs);
    lastMs = ms;
    if (isVisible) {
      inARowMs += passedMs;
      visibleMs += passedMs;
      if (isActive) activeMs += passedMs;
    } else if (passedMs > 0) inARowMs = 0;
    isExposed ||= inARowMs >= exposedAfterMs;
    isVisible = !isLeaving && isInView;
    isActive = document.hasFocus();
    if (isLeaving && isExposed && visibleMs > 0) {
      const exposure = { visibleMs, activeMs };
      visibleMs = activeMs = 0;
      onExposure(exposure);
    }
    if (wasConnected && !element.isConnected) watching.abort();
    wasConnected = element.isConnected;
  };
  const look = (isLeaving = false): void =>
    contain(account, isLeaving || document.visibilityState === "hidden");

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { intersectionRatio, boundingClientRect } of entries) {
        const visibleHeight = intersectionRatio * boundingClientRect.height;
        const atMost = Math.min(boundingClientRect.height, heightAround(element));
        isInView = intersectionRatio > 0 && visibleHeight >= atMost / 2;
      }
      look();
    },
    { threshold: thresholds },
  );
  observer.observe(element);

  // On the way down, to be before the client, which sends what there is as the page hides: after its `pagehide` too.
  for (const type of ["visibilitychange", "pagehide", "focus", "blur"])
    window.addEventListener(type, () => look(type === "pagehide"), { capture: true, signal });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    look(true);
  });
};

/** How much height there is to see an element in: that of the page, or of the smallest pane it is in. */
const heightAround = (element: Element): number => {
  const parent = element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host;
  if (!parent || parent === document.body) return innerHeight;
  const height = heightAround(parent);
  return getComputedStyle(parent).overflowY === "visible" ? height : Math.min(height, parent.clientHeight);
};
