import fc from "fast-check";
import { expect, test } from "vitest";
import { clip, quoteSafely } from "./quote-safely.ts";

const text = fc.string({ unit: "binary", maxLength: 40 });

test("whatever is quoted is the same when it is read, and stands on one line without tags and unseen characters", () => {
  fc.assert(
    fc.property(fc.record({ prompt: text, output: text }), (value) => {
      const quoted = quoteSafely(value);
      expect(JSON.parse(quoted)).toEqual(value);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be in it
      expect(quoted).not.toMatch(/[<>&\u0000-\u001f\u007f-\u009f\p{Zl}\p{Zp}\p{Cf}]/u);
    }),
  );
});

test("letters of all scripts and emoji stay as they are", () => {
  expect(quoteSafely("Größe नमस्ते \u{1F600}")).toBe('"Größe नमस्ते \u{1F600}"');
});

test("a text is clipped to its beginning, and never within a character", () => {
  expect(clip("abc", 3)).toBe("abc");
  expect(clip("abcd", 3)).toBe("abc…");
  expect(clip("ab\u{1F600}", 3)).toBe("ab…");
  expect(clip("ab\u{1F600}c", 4)).toBe("ab\u{1F600}…");
});
