import { contain } from "../contain.ts";

/** Where an output was put to be edited: a field, anything else that has a `value`, or a `contenteditable`. */
export type EditTarget = { readonly value: string } | HTMLElement;

/** When an edited text is looked at, in milliseconds of wall-clock time after the output was used. */
const samplesAtMs: readonly number[] = [0, 5, 30, 120, 300, 600, 900].map((seconds) => seconds * 1000);

interface SampleOptions {
  /** The time, in milliseconds since 1970. */
  readonly now: () => number;
  /** Runs a task after a delay, and gives back how to call it off. */
  readonly schedule: (task: () => void, delayMs: number) => () => void;
  /** Is told the text, how long after the start it was read, and whether it is final. */
  readonly onSample: (text: string, sampledAfterMs: number, committed: boolean) => void;
}

/**
 * Samples the text of a target until its form is submitted, the host empties it or takes it off the page, or 15
 * minutes have passed. A timer that comes late gives one sample, of the time it came. Gives back how to stop.
 */
export const sampleEdits = (target: EditTarget, { now, schedule, onSample }: SampleOptions): (() => void) => {
  const field = target as Partial<HTMLTextAreaElement>;
  const isField = typeof field.value === "string";
  const startedMs = now();
  const sampling = new AbortController();
  const options = { capture: true, signal: sampling.signal };
  let dueMs = 0;
  /** Unknown until somebody has put a text there. */
  let hadText: boolean | undefined;
  let cancel: (() => void) | undefined;

  const stop = (): void => {
    cancel?.();
    sampling.abort();
  };

  const hasText = (): boolean => Boolean(isField ? field.value : field.textContent);

  /** Only a host empties a field without an `input` event, mostly as its text was sent: the next text is another. */
  const isOver = (): boolean => (hadText === true && !hasText()) || field.isConnected === false;

  const sample = (atLeastMs: number, committed = false): void => {
    if (isOver()) {
      stop();
      return;
    }
    cancel?.();
    if (hasText()) hadText = true;
    // A timer ran that long, whatever became of the clock.
    const sampledAfterMs = Math.max(atLeastMs, now() - startedMs);
    const nextMs = samplesAtMs.find((ms) => ms > sampledAfterMs);
    if (committed || nextMs === undefined) stop();
    else wait(nextMs, nextMs - sampledAfterMs);
    if (hadText === undefined) return;
    // biome-ignore lint/performance/useDomNodeTextContent: as the user sees it, a line for each paragraph
    onSample((isField ? field.value : field.innerText) ?? "", sampledAfterMs, committed);
  };
  const wait = (untilMs: number, delayMs: number): void => {
    dueMs = untilMs;
    cancel = schedule(() => contain(sample, untilMs), delayMs);
  };

  field.addEventListener?.("beforeinput", () => isOver() && stop(), options);
  field.addEventListener?.(
    "input",
    () => {
      hadText = hasText();
    },
    options,
  );
  (field.form ?? field.closest?.("form"))?.addEventListener(
    "submit",
    () => contain(sample, 0, true),
    options,
  );
  window.addEventListener(
    "visibilitychange",
    () => now() - startedMs >= dueMs && contain(sample, dueMs),
    options,
  );
  // Not before the host has put the text there.
  wait(0, 0);
  return stop;
};
