import { HeedError } from "@heed/core";
import type { IncomingRequest } from "./incoming-request.ts";

/** As browsers write it: scheme, host and perhaps a port, in lower case, without a slash at the end. */
const isOrigin = (text: string): boolean =>
  text === "null" ||
  /^(?!https?:)[a-z][a-z\d+.-]*:\/\/[^\s/?#*A-Z]+$/.test(text) ||
  (!text.includes("*") && URL.parse(text)?.origin === text);

/**
 * Which headers let the pages of an origin send to this endpoint and read its answers. Origins match whole or not
 * at all, none is ever `*`, and no page is ever let to send cookies to another site.
 *
 * @throws HeedError `INVALID_QUERY` when the list holds something that no browser would send as an origin
 */
export const corsHeaders = (
  origins: readonly string[],
): ((request: IncomingRequest) => Record<string, string>) => {
  if (!origins.every(isOrigin))
    throw new HeedError(
      "INVALID_QUERY",
      'An origin is written as "https://example.com", with no path and no *',
    );
  const known = new Set(origins);

  return (request) => {
    const from = request.headers.get("origin");
    if (from === null || !known.has(from)) return { vary: "Origin" };
    return {
      vary: "Origin",
      "access-control-allow-origin": from,
      "access-control-expose-headers": "Retry-After",
      ...(request.method === "OPTIONS" && preflight),
    };
  };
};

/** What a browser asks before it sends what a plain form could not. */
const preflight = {
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "Authorization, Content-Type, Content-Encoding",
  "access-control-max-age": "86400",
};
