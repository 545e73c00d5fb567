import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test("escape sequences, line breaks and C1 controls cannot reach a terminal", () => {
  expect(printable("a\u001B[2Jb\nc\u009B1md\u007F")).toBe("a\uFFFD[2Jb\uFFFDc\uFFFD1md\uFFFD");
  expect(printable("a\u2028b\u2029c")).toBe("a\uFFFDb\uFFFDc");
});

test("marks that turn the reading direction are shown, not obeyed", () => {
  expect(printable("safe\u202Eexe.txt\u2066")).toBe("safe\uFFFDexe.txt\uFFFD");
});

test("every other text stays as it is, emoji of several code points included", () => {
  const text = "Grüße, 漢字, مرحبا, 👩‍👩‍👧, 1 % of 'x'";
  expect(printable(text)).toBe(text);
});
