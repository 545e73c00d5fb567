import type { Output } from "./io.ts";

/** One line that says how far the work is, while it goes on. */
export interface Progress {
  /** Shows how far it is, over what was shown before. Off a terminal, only every so often. */
  show(text: string, done: number): void;
  /** Writes a line that stays. */
  note(text: string): void;
  /** Takes the line away. */
  end(): void;
}

const clearLine = "\r\u001B[2K";

/**
 * Progress on a terminal is one line that is drawn over; in a log it is a line every `every` steps.
 *
 * @param every Steps between two lines, off a terminal.
 */
export const createProgress = (output: Output, every: number): Progress => {
  let next = every;
  const clear = (): void => {
    if (output.isTTY) output.write(clearLine);
  };
  return {
    show: (text, done) => {
      if (output.isTTY) output.write(`${clearLine}${text}`);
      else if (done >= next) {
        output.write(`${text}\n`);
        next = (Math.floor(done / every) + 1) * every;
      }
    },
    note: (text) => {
      clear();
      output.write(`${text}\n`);
    },
    end: clear,
  };
};
