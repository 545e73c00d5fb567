import { expect, test } from "vitest";
import { wordFamilies } from "./word-families.ts";

const familiesOf = (...terms: readonly string[]): readonly string[] =>
  Array.from(wordFamilies(terms), (place) => terms[place]!);

test("words that differ in their endings are of one family", () => {
  expect(familiesOf("repeat", "repeated", "repeats", "repetitive")).toEqual([
    "repeat",
    "repeat",
    "repeat",
    "repetitive",
  ]);
  expect(familiesOf("falsch", "falsche", "falsches")).toEqual(["falsch", "falsch", "falsch"]);
});

test("short words, and words that only begin alike, are not", () => {
  for (const terms of [
    ["star", "start"],
    ["interesting", "internal"],
    ["incomplete", "incorrect"],
    ["answer", "answer is", "wrong"],
    ["order1000", "order1001"],
  ])
    expect(familiesOf(...terms)).toEqual(terms);
});

test("words of a family are forms of its first, not of one another in a chain", () => {
  expect(familiesOf("abcdefg", "abcdefghi", "abcdefghijk")).toEqual(["abcdefg", "abcdefg", "abcdefghijk"]);
});

test("a pair of words does not part a family", () => {
  expect(familiesOf("repeat", "repeat and", "repeats")).toEqual(["repeat", "repeat and", "repeat"]);
});
