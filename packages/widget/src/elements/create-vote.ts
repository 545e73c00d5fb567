import type { Outcome, Receipt } from "../feedback-event.ts";

/** Something a user can say, change and take back; what is shown runs ahead of what the server has. */
export interface Vote<Value> {
  /** What the user said last; undefined for nothing, or nothing any more. */
  readonly value: Value | undefined;
  /** Says it, or takes it back with undefined. */
  set(value: Value | undefined): void;
}

/**
 * Creates a vote that shows at once what the user said, and goes back to what the server has when that was
 * dropped. Only the latest word counts: what becomes of an earlier one is not reported.
 *
 * @param send records the value; undefined where there is nobody to send it to
 * @param report called when the fate of the latest value is known
 */
export const createVote = <Value>(
  send: (value: Value | undefined) => Receipt | undefined,
  report: (outcome: Outcome, value: Value | undefined, again: () => void) => void,
): Vote<Value> => {
  let shown: Value | undefined;
  let stored: Value | undefined;
  let turns = 0;
  const set = (value: Value | undefined): void => {
    shown = value;
    const turn = ++turns;
    send(value)?.then((outcome) => {
      if (outcome === "stored") stored = value;
      if (turn !== turns) return;
      shown = stored;
      report(outcome, value, () => set(value));
    });
  };
  return {
    get value() {
      return shown;
    },
    set,
  };
};
