import { Readable } from "node:stream";
import type { Io } from "./io.ts";

/** The world around a command in a test: what it wrote is kept, what it reads is given. */
export interface RecordingIo extends Io {
  /** Everything on stdout so far. */
  readonly out: () => string;
  /** Everything on stderr so far. */
  readonly err: () => string;
}

/** Makes a world for one run of a command; for tests. */
export const recordingIo = ({
  stdin = "",
  env = {},
  signal = new AbortController().signal,
}: {
  readonly stdin?: string;
  readonly env?: Io["env"];
  readonly signal?: AbortSignal;
} = {}): RecordingIo => {
  const out: string[] = [];
  const err: string[] = [];
  return {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env,
    signal,
    out: () => out.join(""),
    err: () => err.join(""),
  };
};
