import { isHeedError } from "@heed/core";
import { describe, expect, test } from "vitest";
import { corsHeaders } from "./cors-headers.ts";
import { fromRequest } from "./incoming-request.ts";

const listed = ["https://example.com", "http://localhost:3000", "capacitor://localhost"];
const headersFor = corsHeaders(listed);

const asked = (origin: string | undefined, method = "POST") =>
  headersFor(
    fromRequest(
      new Request("http://heed.test/", { method, headers: origin === undefined ? {} : { origin } }),
    ),
  );

test.each(listed)("%s is on the list and may read", (origin) => {
  expect(asked(origin)).toEqual({
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "Retry-After",
  });
});

test.each([
  ["another site", "https://evil.test"],
  ["a suffix", "https://notexample.com"],
  ["a prefix", "https://example.com.evil.test"],
  ["a prefix without a dot", "https://example.community"],
  ["a subdomain", "https://a.example.com"],
  ["a parent domain", "https://com"],
  ["another scheme", "http://example.com"],
  ["another port", "https://example.com:8443"],
  ["the default port spelt out", "https://example.com:443"],
  ["no port where one is listed", "http://localhost"],
  ["a port that begins alike", "http://localhost:30000"],
  ["upper case", "https://EXAMPLE.com"],
  ["a slash", "https://example.com/"],
  ["a path", "https://example.com/page"],
  ["a user", "https://example.com@evil.test"],
  ["two at once", "https://example.com https://evil.test"],
  ["a list", "https://example.com, https://evil.test"],
  ["a trailing dot", "https://example.com."],
  ["null", "null"],
  ["a star", "*"],
  ["nothing", ""],
  ["a name that objects have", "__proto__"],
  ["no origin at all", undefined],
])("%s gets no CORS headers", (_, origin) => {
  expect(asked(origin)).toEqual({ vary: "Origin" });
  expect(asked(origin, "OPTIONS")).toEqual({ vary: "Origin" });
});

test("a preflight learns what may be sent, and never that cookies may", () => {
  expect(asked("https://example.com", "OPTIONS")).toEqual({
    vary: "Origin",
    "access-control-allow-origin": "https://example.com",
    "access-control-expose-headers": "Retry-After",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "Authorization, Content-Type, Content-Encoding",
    "access-control-max-age": "86400",
  });
});

test("null is an origin when it is listed", () => {
  const headers = corsHeaders(["null"])(
    fromRequest(new Request("http://heed.test/", { headers: { origin: "null" } })),
  );
  expect(headers["access-control-allow-origin"]).toBe("null");
});

describe("what no browser would send is refused when the handler is made", () => {
  test.each([
    "*",
    "https://*.example.com",
    "https://example.com/",
    "https://example.com:443",
    "https://user:word@example.com",
    "https://münchen.example",
    "example.com",
    "https://Example.com",
    "",
  ])("%s", (origin) => {
    expect.assertions(1);
    try {
      corsHeaders(["https://example.com", origin]);
    } catch (error) {
      expect(isHeedError(error, "INVALID_QUERY")).toBe(true);
    }
  });
});
