import { describe, expect, test } from "vitest";
import { compareTexts } from "./compare-texts.ts";

/** 2,000 characters in which no four in a row come twice. */
const distinct = Array.from({ length: 2_000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join("");

// python3 -c "
// from collections import Counter as C
// g = lambda t: C(t[i:i+4] for i in range(len(t) - 3))
// def s(a, b): n = (g(a) & g(b)).total(); print(2 * n / (g(a).total() + g(b).total()), n / g(a).total())
// s('The quick brown fox', 'The quick red fox')"
test.each([
  ["The quick brown fox", "The quick red fox", 0.5333333333333333, 0.5],
  ["abcdefgh", "efghabcd", 0.4, 0.4],
  ["aaaaaaaa", "aaaaa", 0.5714285714285714, 0.4],
  ["aaaaa", "aaaaaaaa", 0.5714285714285714, 1],
  ["The cat sat on the mat.", "The mat sat on the cat.", 0.9, 0.9],
  ["abcd", "abcd\u00e9", 0.6666666666666666, 1],
  ["one two three", "ONE TWO THREE", 0, 0],
])("of %j in %j there is left what Python counts", (output, edited, similarity, containment) => {
  const compared = compareTexts(output, edited);
  expect(compared.similarity).toBeCloseTo(similarity, 12);
  expect(compared.containment).toBeCloseTo(containment, 12);
});

describe("cutting and adding", () => {
  // The table of calibration: 2,000 characters of which the first 75, 50 and 25 % are kept.
  test.each([
    [1_500, 0.857, 0.75],
    [1_000, 0.666, 0.5],
    [500, 0.399, 0.25],
  ])("the first %i of 2,000 characters", (kept, similarity, containment) => {
    const compared = compareTexts(distinct, distinct.slice(0, kept));
    expect(compared.similarity).toBeCloseTo(similarity, 3);
    expect(compared.containment).toBeCloseTo(containment, 2);
    expect(compared.lengthRatio).toBe(kept / 2_000);
  });

  test("score alike in similarity, and are told apart by containment", () => {
    const half = distinct.slice(0, 1_000);
    const [cut, added] = [compareTexts(distinct, half), compareTexts(half, distinct)];
    expect(cut.similarity).toBe(added.similarity);
    expect([cut.containment < 0.5, added.containment]).toEqual([true, 1]);
  });
});

test.each([
  ["abc", "abc", 1],
  ["abc", "abcd", 0],
  ["abcd", "abc", 0],
  ["ab", "xy", 0],
  ["some text", "", 0],
])("under four characters, %j in %j is left whole or not at all", (output, edited, left) => {
  expect(compareTexts(output, edited)).toEqual({
    similarity: left,
    containment: left,
    lengthRatio: edited.length / output.length,
  });
});
