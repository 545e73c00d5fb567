import { expect, test } from "vitest";
import { randomSource } from "../stats/random-source.ts";
import { estimateSimilarity, lettersOf, minHash } from "./min-hash.ts";

test("letters are what is left of a text without the ways to vary it that cost nothing", () => {
  expect(lettersOf("Never BUY this!!! \u{1F621} #42")).toBe("neverbuythis");
  expect(lettersOf("ne\u200Bver b u y\u00AD this 7")).toBe("neverbuythis");
  expect(lettersOf("Ｎever ﬁnd")).toBe("neverfind");
  expect(lettersOf("12 \u{1F44D} ?!")).toBe("");
});

const letters = (count: number, random: () => number): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join("");

const shinglesOf = (text: string): ReadonlySet<string> =>
  new Set(Array.from({ length: text.length - 2 }, (_, at) => text.slice(at, at + 3)));

test("signatures tell the share of common shingles, within three standard errors on average over 200 pairs", () => {
  const random = randomSource(1);
  const errors = Array.from({ length: 200 }, (_, at) => {
    const common = letters(10 + at, random);
    const [a, b] = [common + letters(60, random), common + letters(60, random)];
    const [own, other] = [shinglesOf(a), shinglesOf(b)];
    const both = [...own].filter((shingle) => other.has(shingle)).length;
    const exact = both / (own.size + other.size - both);
    return estimateSimilarity(minHash(a), minHash(b)) - exact;
  });
  const meanError = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  expect(Math.abs(meanError)).toBeLessThan((3 * 0.0625) / Math.sqrt(200));
  expect(Math.max(...errors.map(Math.abs))).toBeLessThan(4 * 0.0625);
});

test("the same text is as like itself as can be, and one without a shingle in common not at all", () => {
  for (const text of ["a", "no", "neverbuythis"])
    expect(estimateSimilarity(minHash(text), minHash(text))).toBe(1);
  expect(estimateSimilarity(minHash("neverbuythis"), minHash("wonderful"))).toBe(0);
  expect(estimateSimilarity(minHash("a"), minHash("b"))).toBe(0);
});
