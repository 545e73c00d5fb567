import { HeedError } from "@heed/core";
import type { IncomingRequest } from "./incoming-request.ts";

/** Compressions that the platform's own `DecompressionStream` undoes everywhere. */
const encodings = ["gzip", "deflate"] as const;

/**
 * The body of a request as text, read no further than `maxBytes`, which holds for the bytes as they come and for
 * what they decompress to.
 *
 * @throws HeedError `UNSUPPORTED_MEDIA_TYPE`, `TOO_LARGE`, or `INVALID_JSON` when it is not UTF-8
 */
export const readBody = async (request: IncomingRequest, maxBytes: number): Promise<string> => {
  const encoding = encodingOf(request.headers);
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > maxBytes) throw tooLarge(maxBytes);

  try {
    // A server holds a client to the length it declared; whoever made up a request in code may still lie.
    if (encoding === undefined && declared <= maxBytes) {
      const bytes = await request.bytes();
      if (bytes.length > maxBytes) throw tooLarge(maxBytes);
      return utf8.decode(bytes);
    }
    let stream = request.stream()?.pipeThrough(atMost(maxBytes));
    if (encoding)
      stream = stream?.pipeThrough(new DecompressionStream(encoding)).pipeThrough(atMost(maxBytes));
    return utf8.decode(await new Response(stream ?? null).arrayBuffer());
  } catch (error) {
    if (error instanceof HeedError) throw error;
    throw new HeedError("INVALID_JSON", "The body broke off, or is not what its headers say, or not UTF-8");
  }
};

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Lets bytes pass until there are too many, and then ends the whole pipe, its source included. */
const atMost = (maxBytes: number) => {
  let total = 0;
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      total += chunk.length;
      if (total > maxBytes) controller.error(tooLarge(maxBytes));
      else controller.enqueue(chunk);
    },
  });
};

const tooLarge = (maxBytes: number) =>
  new HeedError("TOO_LARGE", `The body is larger than ${maxBytes} bytes`);

const encodingOf = (headers: IncomingRequest["headers"]) => {
  const given = headers.get("content-encoding")?.trim().toLowerCase() || "identity";
  if (given === "identity") return undefined;
  const encoding = encodings.find((known) => known === given);
  if (encoding) return encoding;
  throw new HeedError("UNSUPPORTED_MEDIA_TYPE", `A body may be compressed with ${encodings.join(" or ")}`);
};
