import { expect, test } from "vitest";
import { lines, paragraphs } from "./paragraphs.ts";

test("paragraphs have one empty line between them, and what is not there leaves none", () => {
  expect(paragraphs(["a", null, "b\n", ""])).toBe("a\n\nb\n");
});

test("lines have none", () => {
  expect(lines(["a", null, "", "b"])).toBe("a\nb");
});
