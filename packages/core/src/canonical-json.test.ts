import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

/** The same value with its keys in another order, at every depth. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};

const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));

test("the order of keys makes no difference, at any depth", () => {
  expect(canonicalJson({ b: { d: 1, c: [2, { f: 3, e: 4 }] }, a: 0 })).toBe(
    '{"a":0,"b":{"c":[2,{"e":4,"f":3}],"d":1}}',
  );
  fc.assert(
    fc.property(json, (record) => {
      expect(canonicalJson(reversed(record) as object)).toBe(canonicalJson(record));
    }),
  );
});

test("it is JSON of the same value", () => {
  fc.assert(
    fc.property(json, (record) => {
      expect(JSON.parse(canonicalJson(record))).toEqual(JSON.parse(JSON.stringify(record)));
    }),
  );
});

test("the order of a list makes a difference", () => {
  expect(canonicalJson({ reasons: ["clear", "fast"] })).not.toBe(
    canonicalJson({ reasons: ["fast", "clear"] }),
  );
});

test("a moment is the same as its ISO text, and an undefined field as an absent one", () => {
  const timestamp = new Date("2026-01-02T03:04:05.678Z");
  expect(canonicalJson({ timestamp, userId: undefined })).toBe('{"timestamp":"2026-01-02T03:04:05.678Z"}');
});
