import { embedOutputs } from "../../improve/evaluator/plan-model.ts";
import type { Embed } from "../../text/embed.ts";
import { fitVocabulary } from "../../text/fit-vocabulary.ts";
import { tfIdf } from "../../text/tf-idf.ts";
import { unitVector } from "../../text/unit-vector.ts";

/** The cosine similarity of a text to each of the reference, -1 to 1; the text is one of all, by its place. */
export type Similarities = (text: number) => Float64Array;

/** Terms of a vocabulary that leaves out next to nothing. */
const mostTerms = 200_000;

/**
 * How like the reference texts are by their words and pairs of words. A word that no other text has is one of the
 * vocabulary too: it makes a text unlike all others.
 *
 * @param texts those of the reference come first
 */
export const lexicalSimilarities = (texts: readonly string[], reference: number): Similarities => {
  const vectorOf = tfIdf(fitVocabulary(texts, { fewestTexts: 1, mostTerms }));
  const vectors = texts.map(vectorOf);
  const having = new Map<number, { readonly texts: number[]; readonly values: number[] }>();
  for (const [at, { places, values }] of vectors.slice(0, reference).entries())
    for (const [entry, place] of places.entries()) {
      const own = having.get(place) ?? { texts: [], values: [] };
      having.set(place, own);
      own.texts.push(at);
      own.values.push(values[entry]!);
    }
  return (text) => {
    const similarities = new Float64Array(reference);
    const { places, values } = vectors[text]!;
    for (const [entry, place] of places.entries()) {
      const others = having.get(place);
      if (!others) continue;
      for (let other = 0; other < others.texts.length; other++)
        similarities[others.texts[other]!]! += values[entry]! * others.values[other]!;
    }
    return similarities;
  };
};

/**
 * How like the reference texts are by the vectors of a host's embedder.
 *
 * @throws HeedError `INVALID_QUERY` if these are not one a text, finite and of one length; and what `embed` throws
 */
export const embeddedSimilarities = async (
  texts: readonly string[],
  reference: number,
  embed: Embed,
): Promise<Similarities> => {
  const given = await embedOutputs(
    texts.map((prompt) => ({ prompt })),
    ["prompt"],
    embed,
  );
  const vectors = given.map(({ prompt }) => unitVector(prompt!));
  const others = vectors.slice(0, reference);
  return (text) => Float64Array.from(others, (other) => dot(vectors[text]!, other));
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
};
