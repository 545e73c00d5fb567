import fc from "fast-check";
import { expect, test } from "vitest";
import { fitVocabulary } from "./fit-vocabulary.ts";
import { corpus } from "./fixtures/corpus.ts";
import { words } from "./words.ts";

const texts = fc.array(
  fc
    .array(fc.constantFrom("a", "B", "b", "é", "ノ", "me,", "-", "proto"), { maxLength: 12 })
    .map((all) => all.join(" ")),
  { maxLength: 12 },
);

test("terms and their idf are scikit-learn's, whatever the script", () => {
  const { terms, idf } = fitVocabulary(corpus.texts);
  expect(terms).toEqual(corpus.terms);
  for (const [at, value] of corpus.idf.entries()) expect(idf[at]).toBeCloseTo(value, 14);
});

test("a term is each word and each pair of neighbours that enough texts have, and no other", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 4 }), (texts, fewestTexts) => {
      const counts = new Map<string, number>();
      for (const text of texts) {
        const own = words(text);
        const pairs = own.slice(1).map((word, at) => `${own[at]!} ${word}`);
        for (const term of new Set([...own, ...pairs])) counts.set(term, (counts.get(term) ?? 0) + 1);
      }
      const wanted = [...counts]
        .filter(([, count]) => count >= fewestTexts)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const { terms, idf } = fitVocabulary(texts, { fewestTexts });
      expect(terms).toEqual(wanted.map(([term]) => term));
      expect(idf).toEqual(wanted.map(([, count]) => 1 + Math.log((1 + texts.length) / (1 + count))));
    }),
  );
});

test("the order of the texts changes nothing, also where not all terms are kept", () => {
  const shuffled = texts.chain((texts) =>
    fc.record({
      texts: fc.constant(texts),
      mixed: fc.shuffledSubarray(texts, { minLength: texts.length }),
      mostTerms: fc.integer({ min: 0, max: 6 }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ texts, mixed, mostTerms }) => {
      expect(fitVocabulary(mixed, { mostTerms })).toEqual(fitVocabulary(texts, { mostTerms }));
    }),
  );
});

test("the most frequent terms are kept, by the texts that have them and not by how often they do", () => {
  const texts = ["z z z z z z", "z b a", "c b a", "c b a", "b"];
  const all = fitVocabulary(texts);
  expect(all.terms).toEqual(["a", "b", "b a", "c", "c b", "z"]);
  expect(fitVocabulary(texts, { mostTerms: 1 }).terms).toEqual(["b"]);
  // Among equals those that come first.
  expect(fitVocabulary(texts, { mostTerms: 4 }).terms).toEqual(["a", "b", "b a", "c"]);
  expect(fitVocabulary(texts, { mostTerms: 4 }).idf).toEqual(all.idf.slice(0, 4));
});

test("thousands of pairs are counted as a few are", () => {
  const numbers = Array.from({ length: 9_000 }, (_, at) => String(at));
  const { terms, idf } = fitVocabulary([numbers.join(" "), `${numbers.join(" ")} 0`, "8999 0"]);
  expect(terms).toHaveLength(9_000 + 8_999 + 1);
  expect(idf[terms.indexOf("4711 4712")]).toBe(1 + Math.log(4 / 3));
  expect(idf[terms.indexOf("8999 0")]).toBe(1 + Math.log(4 / 3));
  expect(idf[terms.indexOf("8999")]).toBe(1);
});

test("no texts, and texts without a word, have no terms", () => {
  expect(fitVocabulary([])).toEqual({ terms: [], idf: [] });
  expect(fitVocabulary(["", "…", "\u{1F600}"])).toEqual({ terms: [], idf: [] });
});
