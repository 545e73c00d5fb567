import { expect, test } from "vitest";
import { formatSegment } from "./format-segment.ts";

test("labels stand with their values, clipped, and without what could steer a terminal", () => {
  const labels = [
    { label: "topic", value: "refunds\u001B" },
    { label: "model", value: "small" },
  ];
  expect(formatSegment(labels, 40)).toBe("topic=refunds\uFFFD, model=small");
  expect(formatSegment(labels, 12)).toBe("topic=refun…");
});
