import { expect, test } from "vitest";
import { z } from "zod";
import { limits } from "./limits.ts";
import { keySchema, metadataSchema, recordOf } from "./metadata.ts";

const accepts = (metadata: unknown): boolean => metadataSchema.safeParse(metadata).success;

test.each(["a", "userCohort", "B2", "a_b", "a.b", "a:b", "a-b", "k".repeat(64), "toString", "valueOf"])(
  "`%s` is a key",
  (key) => {
    expect(keySchema.safeParse(key).success).toBe(true);
    expect(metadataSchema.parse({ [key]: "there" })).toEqual({ [key]: "there" });
  },
);

test.each([
  "",
  "1a",
  "_a",
  "$a",
  "a b",
  "ä",
  "a/b",
  "a'b",
  "a\n",
  "k".repeat(65),
  "constructor",
  "prototype",
])("%j is no key", (key) => {
  expect(keySchema.safeParse(key).success).toBe(false);
  expect(accepts({ [key]: 1 })).toBe(false);
});

test("`__proto__` from JSON is refused, not dropped, whatever it holds", () => {
  for (const value of ["1", '"text"', "null", '{ "polluted": true }'])
    expect(accepts(JSON.parse(`{ "a": 1, "__proto__": ${value} }`)), value).toBe(false);
  expect(keySchema.safeParse("__proto__").success).toBe(false);
  expect({}).not.toHaveProperty("polluted");
});

test("values are text, numbers and booleans, and nothing else", () => {
  expect(accepts({ text: "t", number: -1.5, yes: true, no: false })).toBe(true);
  for (const value of [null, undefined, {}, [], Number.NaN, Number.POSITIVE_INFINITY, 1n, new Date()])
    expect(accepts({ value })).toBe(false);
});

test("metadata is an object", () => {
  for (const input of [null, [], "a", 1, true, new Map([["a", 1]])]) expect(accepts(input)).toBe(false);
  expect(accepts({})).toBe(true);
});

test("there are at most 32 keys of metadata, and as many of any other record as it says", () => {
  const keys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));
  expect(accepts(keys(limits.metadataKeys))).toBe(true);
  expect(accepts(keys(limits.metadataKeys + 1))).toBe(false);
  expect(recordOf(z.number(), 2).safeParse(keys(2)).success).toBe(true);
  expect(recordOf(z.number(), 2).safeParse(keys(3)).success).toBe(false);
});
