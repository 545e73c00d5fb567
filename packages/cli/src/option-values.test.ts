import { expect, test } from "vitest";
import { portOption, required, timeOption } from "./option-values.ts";
import { isUsageError } from "./usage-error.ts";

const refused = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch (error) {
    return isUsageError(error);
  }
};

test("a date is its first moment in UTC, and a time is taken with its zone", () => {
  expect(timeOption("2026-03-01", "--since")).toEqual(new Date("2026-03-01T00:00:00.000Z"));
  expect(timeOption("2026-03-01T09:00:00Z", "--since")).toEqual(new Date("2026-03-01T09:00:00.000Z"));
  expect(timeOption("2026-03-01T09:00+02:00", "--since")).toEqual(new Date("2026-03-01T07:00:00.000Z"));
});

test.each(["", "yesterday", "2026", "2026-3-1", "2026-02-31", "2026-03-01T09:00", "2026-03-01T25:00Z"])(
  "%j is no time",
  (text) => {
    expect(refused(() => timeOption(text, "--since"))).toBe(true);
  },
);

test("a port is a whole number from 0 to 65535", () => {
  expect(portOption("0")).toBe(0);
  expect(portOption("65535")).toBe(65_535);
  for (const text of ["", "-1", "80.5", "65536", "http", "0x50"])
    expect(refused(() => portOption(text))).toBe(true);
});

test("an option without a default must be given", () => {
  expect(required("heed.db", "--store FILE")).toBe("heed.db");
  expect(refused(() => required(undefined, "--store FILE"))).toBe(true);
  expect(refused(() => required("", "--store FILE"))).toBe(true);
});
