import { expect, test } from "vitest";
import { clip } from "./clip.ts";

test("a text that fits stays, a longer one ends in an ellipsis and is as wide as it may be", () => {
  expect(clip("refunds", 7)).toBe("refunds");
  expect(clip("refunds!", 7)).toBe("refund…");
});

test("characters outside the basic plane are never cut in two", () => {
  expect(clip("😀😀😀", 2)).toBe("😀…");
});

test("control characters are gone, cut or not", () => {
  expect(clip("a\u001Bb\nc", 10)).toBe("a\uFFFDb\uFFFDc");
});
