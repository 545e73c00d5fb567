import { expect, test } from "vitest";
import { formatDuration } from "./format-duration.ts";

test.each([
  [0, "0.0 s"],
  [59_000, "59.0 s"],
  [60_000, "1.0 min"],
  [9_000_000, "2.5 h"],
  [86_400_000, "1.0 d"],
  [40 * 86_400_000, "40.0 d"],
])("%d ms are %s", (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
