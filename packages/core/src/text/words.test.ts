import { expect, test } from "vitest";
import { words } from "./words.ts";

test("are runs of letters and digits of any script, in lower case", () => {
  expect(words("Can I get my MONEY back, by 31.12.?")).toEqual([
    "can",
    "i",
    "get",
    "my",
    "money",
    "back",
    "by",
    "31",
    "12",
  ]);
  expect(words("Größe Ω नमस्ते")).toEqual(["größe", "ω", "नमस्ते"]);
});

test("are the same in full width, in ligatures and in parts", () => {
  expect(words("Ｈｅｅｄ ﬁle")).toEqual(["heed", "file"]);
  expect(words("cafe\u0301")).toEqual(words("café"));
});

test("are none where there are no letters", () => {
  expect(words("")).toEqual([]);
  expect(words(" …! \u{1F600} ")).toEqual([]);
});
