import { expect, test } from "vitest";
import { wrap } from "./wrap.ts";

test("long lines break between words, and all but the first are indented", () => {
  expect(wrap("one two three four", 9)).toBe("one two\nthree\nfour");
  expect(wrap("one two three", 9, "  ")).toBe("one two\n  three");
});

test("a word that is too long has a line of its own", () => {
  expect(wrap("a unbreakable b", 5)).toBe("a\nunbreakable\nb");
});

test("rows of a table, and lines that fit, stay", () => {
  expect(wrap("  n     mean\n  1,012  0.5\nshort\n", 8)).toBe("  n     mean\n  1,012  0.5\nshort\n");
});
