import { type ObservedOutput, type ObserveOptions, observe } from "@heed/widget/signals";
import { useEffect, useMemo, useRef } from "react";
import { useFeedbackClient } from "./use-feedback-client.ts";
import { useLatest } from "./use-latest.ts";

/** What `useObserve` can be told; `text` may change at any time, the rest is read when the element appears. */
export type UseObserveOptions = Pick<ObserveOptions, "text" | "prompt" | "includeText" | "redact">;

/** An output that is observed, and the ref of the element that shows it. */
export interface ObservedElement extends Omit<ObservedOutput, "stop"> {
  ref(element: Element | null): void;
}

/**
 * Observes the element that shows an output, and records what users do with it: how long they see it, what they
 * copy, what becomes of it where they use it. What it gives back stays the same from render to render; without a
 * request id nothing is observed.
 *
 * @example
 * const { ref, used } = useObserve(message.requestId, { prompt: question });
 * <div ref={ref}>{answer}</div>
 */
export const useObserve = (
  requestId: string | undefined,
  options: UseObserveOptions = {},
): ObservedElement => {
  const client = useFeedbackClient();
  const latest = useLatest(options);
  const { stop, observed } = useMemo(
    () =>
      observeLater((element) => {
        if (!requestId) return;
        const { text, ...others } = latest.current;
        const latestText = () => {
          const { text = "" } = latest.current;
          return typeof text === "function" ? text() : text;
        };
        return observe(element, {
          ...others,
          client,
          requestId,
          text: text === undefined ? undefined : latestText,
        });
      }),
    [client, requestId, latest],
  );
  const before = useRef(stop);
  useEffect(() => {
    // An element that is unmounted ends its observation itself, and leaves the samples of a draft running.
    if (before.current !== stop) before.current();
    before.current = stop;
  }, [stop]);
  return observed;
};

/** An observation that starts when there is an element, or at the first call without one. */
const observeLater = (start: (element: Element | null) => ObservedOutput | undefined) => {
  let shown: Element | null = null;
  let output: ObservedOutput | undefined;
  const current = () => {
    output ??= start(shown);
    return output;
  };
  const observed: ObservedElement = {
    ref(element) {
      // StrictMode and Suspense take a ref away and give it back: then nothing has changed.
      if (!element || element === shown) return;
      output?.stop();
      shown = element;
      output = start(element);
    },
    used: (...how) => current()?.used(...how),
    edited: (...text) => current()?.edited(...text),
    discarded: (how) => current()?.discarded(how),
    prompted: (nextPrompt) => current()?.prompted(nextPrompt),
  };
  return { observed, stop: () => output?.stop() };
};
