import type { Discard, Usage } from "@heed/schema";
import { afterTimeout } from "../after-timeout.ts";
import { contain } from "../contain.ts";
import type { FeedbackClient } from "../feedback-client.ts";
import { compareTexts } from "./compare-texts.ts";
import { type EditTarget, sampleEdits } from "./sample-edits.ts";
import { textWithin } from "./text-within.ts";
import { watchCopies } from "./watch-copies.ts";
import { watchExposure } from "./watch-exposure.ts";

/** A prompt that comes later than this after an output is another question, in milliseconds. */
const rephrasedWithinMs = 120_000;

/** Prompts at least this alike, from 0 to 1, are the same question. */
const rephrasedFrom = 0.5;

/** Longer texts are left out of an event, which may have 32 KiB. */
const maxTextLength = 8_000;

/** What `observe` can be told. */
export interface ObserveOptions {
  /** Where signals are recorded. */
  readonly client: Pick<FeedbackClient, "record">;
  /** The request whose output this is. */
  readonly requestId: string;
  /**
   * The output, or how to get it: what edited texts are compared with. Give it where the element shows something
   * else, such as Markdown rendered.
   * @default the text of the element
   */
  readonly text?: string | (() => string) | undefined;
  /** What the user asked, so that `prompted` can tell whether it was asked again. It never leaves the browser. */
  readonly prompt?: string | undefined;
  /**
   * Whether edited texts of up to 8,000 characters are recorded, and not measures alone.
   * @default false
   */
  readonly includeText?: boolean | undefined;
  /** What an edited text goes through before it is recorded. If it throws, nothing is. */
  readonly redact?: ((text: string) => string) | undefined;
  /** The time, in milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** Runs a task after a delay, and gives back how to call it off. @default setTimeout */
  readonly schedule?: ((task: () => void, delayMs: number) => () => void) | undefined;
}

/** An output that is observed. No method ever throws; where there is no document, none does anything. */
export interface ObservedOutput {
  /**
   * The output was used. A `target` that it was put into is then sampled as the user edits it: after 0, 5, 30, 120,
   * 300, 600 and 900 seconds and when its form is submitted.
   */
  used(how: Usage, options?: { readonly target?: EditTarget | undefined }): void;
  /** This became of the output; with `committed` it is final, and no sample follows. */
  edited(text: string, options?: { readonly committed?: boolean | undefined }): void;
  /** The output was thrown away; no sample follows. */
  discarded(how: Discard): void;
  /**
   * What the user asked next. Asked within 120 seconds, much like `prompt`, of an output that was not used, it records
   * that the output was discarded: `rephrased`.
   */
  prompted(nextPrompt: string): void;
  /** Records what is still to be recorded, and watches no more. */
  stop(): void;
}

/**
 * Observes an output on the page and records what its users do with it: how long they see it, what they copy, what
 * becomes of it where they use it. Without an element, only what the host tells. Ends when the element leaves the
 * page, except for the samples of a target.
 *
 * @example
 * const output = observe(element, { client: feedback, requestId: "req_1" });
 * insertButton.onclick = () => {
 *   draft.value = answer;
 *   output.used("inserted", { target: draft });
 * };
 */
export const observe = (element: Element | null, options: ObserveOptions): ObservedOutput => {
  const { client, requestId, text, redact, now = Date.now, schedule = afterTimeout } = options;
  const watching = new AbortController();
  let { prompt } = options;
  let startedMs = 0;
  let usedMs: number | undefined;
  let copiedShare = 0;
  let stopSampling = (): void => {};

  const act = (task: () => void): void => {
    if (typeof document !== "undefined") contain(task);
  };

  const recordCopy = (share: number): void => {
    if (share <= copiedShare) return;
    copiedShare = share;
    client.record({ requestId, type: "implicit_usage", value: "copied", share });
  };

  const recordDiscard = (value: Discard): void => {
    stopSampling();
    client.record({ requestId, type: "implicit_discard", value });
  };

  const outputText = (): string => {
    if (typeof text === "function") return text();
    // biome-ignore lint/performance/useDomNodeTextContent: as the user sees it, a line for each paragraph
    return text ?? ((element && ((element as Partial<HTMLElement>).innerText || textWithin(element))) || "");
  };

  const recordEdit = (output: string, edited: string, sampledAfterMs: number, committed?: boolean): void => {
    if (!output) return;
    const withText = options.includeText && edited.length <= maxTextLength;
    client.record({
      requestId,
      type: "implicit_edit",
      value: {
        ...compareTexts(output, edited),
        sampledAfterMs,
        ...(committed && { committed }),
        ...(withText && { text: redact ? redact(edited) : edited }),
      },
    });
  };

  act(() => {
    startedMs = now();
    if (!element) return;
    watchCopies(element, recordCopy, watching.signal);
    watchExposure(
      element,
      now,
      (value) => client.record({ requestId, type: "implicit_exposure", value }),
      watching,
    );
  });

  return {
    used: (how, details) =>
      act(() => {
        const target = details?.target;
        usedMs = target ? now() : (usedMs ?? now());
        if (how === "copied") recordCopy(1);
        else client.record({ requestId, type: "implicit_usage", value: how });
        if (!target) return;
        const output = outputText();
        stopSampling();
        stopSampling = sampleEdits(target, {
          now,
          schedule,
          onSample: (...sample) => recordEdit(output, ...sample),
        });
      }),
    edited: (edited, details) =>
      act(() => {
        const committed = details?.committed;
        usedMs ??= startedMs;
        if (committed) stopSampling();
        recordEdit(outputText(), edited, Math.max(0, now() - usedMs), committed);
      }),
    discarded: (how) => act(() => recordDiscard(how)),
    prompted: (nextPrompt) =>
      act(() => {
        const isUsed = usedMs !== undefined || copiedShare > 0;
        const isLate = now() - startedMs > rephrasedWithinMs;
        if (prompt && !isUsed && !isLate && compareTexts(prompt, nextPrompt).similarity >= rephrasedFrom)
          recordDiscard("rephrased");
        prompt = undefined;
      }),
    stop: () =>
      act(() => {
        watching.abort();
        stopSampling();
      }),
  };
};
