import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchExposure } from "./watch-exposure.ts";

/** What the browser would tell, told by hand; how the page looks is tested in a browser. */
class ByHand {
  static all: ByHand[] = [];
  observed: unknown[] = [];
  tell: (entries: object[]) => void;
  constructor(tell: ByHand["tell"]) {
    this.tell = tell;
    ByHand.all.push(this);
  }
  observe(target: unknown): void {
    this.observed.push(target);
  }
  disconnect(): void {
    this.observed = [];
  }
}

const setUp = () => {
  const clock = { ms: 0 };
  const told: object[] = [];
  const element = { isConnected: true, getRootNode: () => ({}) };
  const watching = new AbortController();
  watchExposure(
    element as unknown as Element,
    () => clock.ms,
    (exposure) => told.push(exposure),
    watching,
  );
  const boundingClientRect = { height: 100 };
  const showShare = (...shares: readonly number[]): void =>
    ByHand.all[0]?.tell(shares.map((intersectionRatio) => ({ intersectionRatio, boundingClientRect })));
  const pass = (ms: number): void => {
    clock.ms += ms;
  };
  return { told, element, watching, showShare, pass };
};

beforeEach(() => {
  ByHand.all = [];
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("innerHeight", 800);
  vi.stubGlobal("document", { visibilityState: "visible", hasFocus: () => true });
});
afterEach(() => vi.unstubAllGlobals());

test("a browser without IntersectionObserver tells nothing, and nothing fails", () => {
  const { told, watching } = setUp();
  window.dispatchEvent(new Event("pagehide"));
  watching.abort();
  expect(told).toEqual([]);
});

test("the last of several changes is what counts, and the end tells the rest and lets go of the page", () => {
  vi.stubGlobal("IntersectionObserver", ByHand);
  const listening = vi.spyOn(window, "addEventListener");
  const { told, watching, showShare, pass } = setUp();
  expect(listening.mock.calls.map(([type]) => type)).toEqual([
    "visibilitychange",
    "pagehide",
    "focus",
    "blur",
  ]);
  showShare(0, 1, 0.4);
  pass(750);
  showShare(0.4, 0.5);
  pass(750);
  watching.abort();
  expect(told).toEqual([{ visibleMs: 750, activeMs: 750 }]);
  expect(ByHand.all.flatMap(({ observed }) => observed)).toEqual([]);
  pass(750);
  window.dispatchEvent(new Event("pagehide"));
  expect(told).toHaveLength(1);
});

test("an element that leaves the page ends it", () => {
  vi.stubGlobal("IntersectionObserver", ByHand);
  const { told, watching, element, showShare, pass } = setUp();
  showShare(1);
  pass(800);
  element.isConnected = false;
  showShare(0);
  expect(told).toEqual([{ visibleMs: 800, activeMs: 800 }]);
  expect(watching.signal.aborted).toBe(true);
});

test("a page that goes away without a word of being hidden tells as well, and time stands still until it is back", () => {
  vi.stubGlobal("IntersectionObserver", ByHand);
  const { told, watching, showShare, pass } = setUp();
  showShare(1);
  pass(800);
  window.dispatchEvent(new Event("pagehide"));
  expect(told).toEqual([{ visibleMs: 800, activeMs: 800 }]);
  pass(60_000);
  window.dispatchEvent(new Event("visibilitychange"));
  pass(10);
  watching.abort();
  expect(told[1]).toEqual({ visibleMs: 10, activeMs: 10 });
});
