import { addAbortSignal, type Readable } from "node:stream";

/** The chunks of a stream, until it ends or the signal aborts, even while the stream has nothing to say. */
export async function* readChunks(
  stream: Readable,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* addAbortSignal(signal, stream) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
