import type { Readable } from "node:stream";

/** Where a command writes: a stream, or a test's own ear. */
export interface Output {
  write(text: string): unknown;
  /** Whether somebody sits in front of it, so that a line may be drawn over. */
  readonly isTTY?: boolean | undefined;
}

/** Everything a command has of the world around it. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the command is to stop: close what is open and return. */
  readonly signal: AbortSignal;
}

/** One command of `heed`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `heed <command> --help` prints. */
  readonly help: string;
  /** Does the work, and gives the exit code. */
  readonly run: (args: readonly string[], io: Io) => Promise<number>;
  /** Commands of its own, by the word that comes after its name. */
  readonly subcommands?: ReadonlyMap<string, Command>;
}
