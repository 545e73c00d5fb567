import { HeedError } from "@heed/core";
import type { IncomingRequest } from "./incoming-request.ts";
import { parseJson } from "./parse-json.ts";
import { readBody } from "./read-body.ts";

/** `text/plain` is what a page may send to another origin without asking first. */
const contentType = /^\s*(?:application\/json|text\/plain)\s*(?:;|$)/i;

/**
 * The body of a request as JSON, whatever the caller sent.
 *
 * @throws HeedError `UNSUPPORTED_MEDIA_TYPE`, `TOO_LARGE` or `INVALID_JSON`
 */
export const readJson = async (request: IncomingRequest, maxBytes: number): Promise<unknown> => {
  if (!contentType.test(request.headers.get("content-type") ?? ""))
    throw new HeedError("UNSUPPORTED_MEDIA_TYPE", "A body is application/json or text/plain");
  return parseJson(await readBody(request, maxBytes));
};
