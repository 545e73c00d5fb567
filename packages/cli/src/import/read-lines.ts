/** One line of a stream: its text, or why it has none. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly problem: "too long" | "not UTF-8" };

const lineFeed = 0x0a;

/**
 * The lines of a byte stream, numbered from 1, without their line ends (LF or CRLF) and without a byte order
 * mark. Holds at most one chunk and one line: a line longer than `maxBytes` is skipped as it streams by, and
 * told of.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Line, void, undefined> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let bytes = 0;

  const add = (part: Uint8Array): void => {
    bytes += part.length;
    if (bytes <= maxBytes) parts.push(part);
    else parts = [];
  };
  const take = (): Line => {
    const line = bytes > maxBytes ? ({ number, problem: "too long" } as const) : decode(parts, number);
    number++;
    parts = [];
    bytes = 0;
    return line;
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (bytes > 0) yield take();
}

const decode = (parts: readonly Uint8Array[], number: number): Line => {
  try {
    // The decoder itself drops a byte order mark; only the first line may have one, and JSON refuses others.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: number > 1 }).decode(
      Buffer.concat(parts),
    );
    return { number, text: text.endsWith("\r") ? text.slice(0, -1) : text };
  } catch {
    return { number, problem: "not UTF-8" };
  }
};
