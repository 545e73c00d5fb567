import { expect, test } from "vitest";
import { backoffMs, retryAfterMs } from "./retry-delay.ts";

const now = Date.parse("2026-11-23T12:00:00.000Z");

test("the longest back-off doubles with every failure, up to five minutes", () => {
  expect([0, 1, 2, 3, 8, 9, 1000].map((failures) => backoffMs(failures, 1))).toEqual([
    1000, 2000, 4000, 8000, 256_000, 300_000, 300_000,
  ]);
});

test("the jitter is full: a back-off may be anything from nothing to the longest", () => {
  expect([0, 0.25, 0.5].map((random) => backoffMs(3, random))).toEqual([0, 2000, 4000]);
});

test("Retry-After is read in seconds and as an HTTP date", () => {
  expect(retryAfterMs("120", now)).toBe(120_000);
  expect(retryAfterMs("Mon, 23 Nov 2026 12:00:30 GMT", now)).toBe(30_000);
});

test("Retry-After holds for at most a day", () => {
  const day = 24 * 60 * 60 * 1000;
  expect(retryAfterMs("99999999999999999999", now)).toBe(day);
  expect(retryAfterMs("Tue, 23 Nov 2027 12:00:00 GMT", now)).toBe(day);
});

test.each([null, "", "soon", "0", "-5", "Sun, 22 Nov 2026 12:00:00 GMT"])(
  "a Retry-After of %j asks for no wait",
  (header) => {
    expect(retryAfterMs(header, now)).toBe(0);
  },
);
