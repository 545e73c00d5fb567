import fc from "fast-check";
import { expect, test } from "vitest";
import { nameSchema, text } from "./text.ts";

/** Any text that JavaScript can hold, with surrogates and NUL more often than chance would have them. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xd83d, 0xdc4d)), {
    minLength: 1,
    maxLength: 30,
  })
  .map((units) => String.fromCharCode(...units));

test("lone surrogates and NUL become U+FFFD, and all other text stays as it is", () => {
  expect(text(20).parse("a\ud800b\udc00c\0d")).toBe("a\ufffdb\ufffdc\ufffdd");
  expect(text(40).parse("pair 👍, tab\t, line\r\n, e\u0301")).toBe("pair 👍, tab\t, line\r\n, e\u0301");
  expect(nameSchema.parse("user\ud83d")).toBe("user\ufffd");
});

test("text that was accepted once is accepted again, unchanged", () => {
  const schema = text(60);
  fc.assert(
    fc.property(anyText, (input) => {
      const once = schema.parse(input);
      expect(once.isWellFormed()).toBe(true);
      expect(once).not.toContain("\0");
      expect(once).toHaveLength(input.length);
      expect(schema.parse(once)).toBe(once);
    }),
  );
});

test("the limits of a text are inclusive", () => {
  expect(text(3, 2).safeParse("a").success).toBe(false);
  expect(text(3, 2).safeParse("ab").success).toBe(true);
  expect(text(3, 2).safeParse("abc").success).toBe(true);
  expect(text(3, 2).safeParse("abcd").success).toBe(false);
  expect(text(3).safeParse("").success).toBe(false);
  expect(text(3, 0).safeParse("").success).toBe(true);
});

test("a name has no control characters, wherever they stand", () => {
  for (const control of ["\0", "\t", "\n", "\r", "\u001f", "\u007f"])
    for (const name of [control, `a${control}`, `${control}a`, `a${control}b`])
      expect(nameSchema.safeParse(name).success, JSON.stringify(name)).toBe(false);
  for (const name of [" ", "a b", "ü", "👍", "'; DROP TABLE feedback_events; --"])
    expect(nameSchema.parse(name)).toBe(name);
});
