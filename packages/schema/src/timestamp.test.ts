import { expect, test } from "vitest";
import { timestampSchema } from "./timestamp.ts";

test.each([
  ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"],
  ["2026-01-02T03:04:05.6Z", "2026-01-02T03:04:05.600Z"],
  ["2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z"],
  ["2026-01-02T03:04:05.678999Z", "2026-01-02T03:04:05.678Z"],
  ["2026-01-02T03:04:05.678+05:30", "2026-01-01T21:34:05.678Z"],
  ["2026-01-02T03:04:05-00:01", "2026-01-02T03:05:05.000Z"],
  ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z"],
  ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
  ["1969-12-31T23:00:00-01:00", "1970-01-01T00:00:00.000Z"],
  ["2199-12-31T23:59:59.999Z", "2199-12-31T23:59:59.999Z"],
  ["2200-01-01T00:30:00+01:00", "2199-12-31T23:30:00.000Z"],
])("%s is %s", (text, moment) => {
  expect(timestampSchema.parse(text).toISOString()).toBe(moment);
});

test.each([
  "2026-01-02",
  "2026-01-02T03:04Z",
  "2026-01-02T03:04:05",
  "2026-01-02 03:04:05Z",
  "2026-01-02T03:04:05+0530",
  "2026-01-02T03:04:05+24:00",
  "2026-01-02T24:00:00Z",
  "2026-01-02T03:04:60Z",
  "2026-02-29T12:00:00Z",
  "2026-13-01T00:00:00Z",
  "+012026-01-02T03:04:05Z",
  "1969-12-31T23:59:59.999Z",
  "2200-01-01T00:00:00Z",
  "2199-12-31T23:30:00-01:00",
  "now",
  "",
])("%j is no moment", (text) => {
  expect(timestampSchema.safeParse(text).success).toBe(false);
});

test("in code a moment is a Date of the same range, and a number is none", () => {
  const moment = new Date("2026-01-02T03:04:05.678Z");
  expect(timestampSchema.parse(moment)).toEqual(moment);
  for (const input of [
    new Date(Number.NaN),
    new Date(-1),
    new Date("2200-01-01T00:00:00.000Z"),
    moment.getTime(),
    null,
    {},
  ])
    expect(timestampSchema.safeParse(input).success).toBe(false);
});
