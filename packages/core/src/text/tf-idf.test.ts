import fc from "fast-check";
import { expect, test } from "vitest";
import { fitVocabulary } from "./fit-vocabulary.ts";
import { corpus } from "./fixtures/corpus.ts";
import { cosine, type SparseVector, tfIdf } from "./tf-idf.ts";

const vectorOf = tfIdf(fitVocabulary(corpus.texts));

const expectRow = ({ places, values }: SparseVector, row: Readonly<Record<number, number>>): void => {
  expect([...places]).toEqual(Object.keys(row).map(Number));
  expect(values).toHaveLength(places.length);
  for (const [at, value] of Object.values(row).entries()) expect(values[at]).toBeCloseTo(value, 14);
};

const text = fc
  .array(fc.constantFrom("can", "i", "Refund", "money", "back", "größe", "Ω", "other", "2"), {
    maxLength: 30,
  })
  .map((words) => words.join(" "));

test("rows and cosines are scikit-learn's, of texts of the corpus and of others", () => {
  const vectors = corpus.texts.map(vectorOf);
  expectRow(vectors[0]!, corpus.rows[0]);
  expectRow(vectors[3]!, corpus.rows[3]);
  expectRow(vectorOf(corpus.unseen.text), corpus.unseen.row);
  for (const [at, value] of corpus.cosines.entries())
    expect(cosine(vectors[0]!, vectors[at]!)).toBeCloseTo(value, 7);
});

test("a vector has length 1, or nothing in it, and its places rise", () => {
  fc.assert(
    fc.property(text, (text) => {
      const { places, values } = vectorOf(text);
      const length = values.reduce((sum, value) => sum + value * value, 0);
      expect(length).toBeCloseTo(values.length === 0 ? 0 : 1, 14);
      expect([...places]).toEqual([...new Set(places)].sort((a, b) => a - b));
    }),
  );
});

test("a pair counts as a term of its own, and only where its words are neighbours in that order", () => {
  const pairs = tfIdf({ terms: ["a", "a b", "a b c", "b"], idf: [1, 1, 1, 1] });
  expectRow(pairs("a b"), { 0: 1 / Math.sqrt(3), 1: 1 / Math.sqrt(3), 3: 1 / Math.sqrt(3) });
  expectRow(pairs("b a"), { 0: Math.SQRT1_2, 3: Math.SQRT1_2 });
  expectRow(pairs("A, B"), { 0: 1 / Math.sqrt(3), 1: 1 / Math.sqrt(3), 3: 1 / Math.sqrt(3) });
});

test("names of an object's own are words like others", () => {
  expectRow(tfIdf({ terms: ["constructor", "proto"], idf: [1, 2] })("constructor __proto__"), {
    0: 1 / Math.sqrt(5),
    1: 2 / Math.sqrt(5),
  });
  expect(vectorOf("constructor toString").places).toHaveLength(0);
});

test("the cosine is the sum over common places, the same both ways, and 0 with nothing", () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [a, b] = [vectorOf(one), vectorOf(other)];
      const values = new Map([...b.places].map((place, at) => [place, b.values[at]!]));
      const sum = [...a.places].reduce((sum, place, at) => sum + a.values[at]! * (values.get(place) ?? 0), 0);
      expect(cosine(a, b)).toBeCloseTo(sum, 14);
      expect(cosine(b, a)).toBe(cosine(a, b));
      expect(cosine(a, vectorOf(""))).toBe(0);
    }),
  );
});
