import { expect, test } from "vitest";
import { formatDay, formatMinute } from "./format-time.ts";

test("times are in UTC, wherever the machine is", () => {
  const time = new Date("2026-03-01T23:30:00-02:00");
  expect(formatDay(time)).toBe("2026-03-02");
  expect(formatMinute(time)).toBe("2026-03-02 01:30");
});
