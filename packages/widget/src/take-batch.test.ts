import { expect, test } from "vitest";
import { bodyOf, byteLength, takeBatch } from "./take-batch.ts";

const events = (count: number, json = '{"id":"x"}') =>
  Array.from({ length: count }, () => ({ json, bytes: byteLength(json) }));

test("a batch holds no more events than it may", () => {
  expect(takeBatch(events(30), 25, 1000)).toHaveLength(25);
  expect(takeBatch(events(3), 25, 1000)).toHaveLength(3);
  expect(takeBatch([], 25, 1000)).toHaveLength(0);
});

test("a batch is as large as it may be and no larger, in bytes of UTF-8 and with the wrapping counted", () => {
  const snowmen = events(30, '{"value":"☃☃☃☃☃☃☃☃☃☃"}');
  for (const maxBytes of [100, 101, 131, 160, 333]) {
    const batch = takeBatch(snowmen, 25, maxBytes);
    expect(byteLength(bodyOf(batch))).toBeLessThanOrEqual(maxBytes);
    expect(byteLength(bodyOf(snowmen.slice(0, batch.length + 1)))).toBeGreaterThan(maxBytes);
  }
});

test("an event larger than a whole batch travels alone, so that it cannot block the others", () => {
  expect(takeBatch(events(2, `"${"x".repeat(2000)}"`), 25, 1000)).toHaveLength(1);
});

test("the body is one batch of the wire format", () => {
  expect(JSON.parse(bodyOf(events(2)))).toEqual({ events: [{ id: "x" }, { id: "x" }] });
});
