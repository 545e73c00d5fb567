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

test("are pairs of characters where a script puts no spaces between words", () => {
  expect(words("返金できますか")).toEqual(["返金", "金で", "でき", "きま", "ます", "すか"]);
  expect(words("退款 ok, 谢谢")).toEqual(["退款", "ok", "谢谢"]);
  expect(words("ขอเงินคืน").length).toBeGreaterThan(4);
  expect(words("환불 주세요")).toEqual(["환불", "주세요"]);
});
