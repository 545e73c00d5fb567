import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenEditDistance } from "./token-edit-distance.ts";

/** The textbook's table, a row at a time. */
const byTable = (a: readonly string[], b: readonly string[]): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, token] of a.entries()) {
    const next = [at + 1];
    for (let column = 1; column <= b.length; column++)
      next.push(
        Math.min(
          row[column]! + 1,
          next[column - 1]! + 1,
          row[column - 1]! + (token === b[column - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length]!;
};

test("is that of the textbook's table, over the longer text, also across many blocks", () => {
  const tokens = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 150 });
  fc.assert(
    fc.property(tokens, tokens, (a, b) => {
      const longest = Math.max(a.length, b.length);
      const expected = longest === 0 ? 0 : byTable(a, b) / longest;
      expect(tokenEditDistance(a.join(" "), b.join(" "))).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

test("is 0 where white space or case alone differ, and 1 where nothing is left", () => {
  expect(tokenEditDistance("Send it\n today.", "send  IT today .")).toBe(0);
  expect(tokenEditDistance("send it", "")).toBe(1);
  expect(tokenEditDistance("", " ")).toBe(0);
  expect(tokenEditDistance("one two", "three four")).toBe(1);
});

test("counts punctuation as tokens", () => {
  expect(tokenEditDistance("Send it today.", "Send it tomorrow.")).toBe(0.25);
  expect(tokenEditDistance("Send it today.", "Send it today!")).toBe(0.25);
});
