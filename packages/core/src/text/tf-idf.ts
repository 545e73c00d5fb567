import type { Vocabulary } from "./fit-vocabulary.ts";
import { words } from "./words.ts";

/** Numbers at some places of a long vector, places rising; 0 at all others. */
export interface SparseVector {
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/**
 * Turns a text into its TF-IDF vector: at the place of each term of the vocabulary its count times its idf, the whole
 * at length 1; empty for a text that has none of the terms.
 *
 * @example
 * const vectorOf = tfIdf(fitVocabulary(corpus));
 * cosine(vectorOf("a refund"), vectorOf("refund me"));
 */
export const tfIdf = ({ terms, idf }: Vocabulary): ((text: string) => SparseVector) => {
  const places = new Map<string, number>();
  /** For each word that begins a pair: the places of the pairs by their second word. */
  const pairs = new Map<string, Map<string, number>>();
  for (const [place, term] of terms.entries()) {
    const space = term.indexOf(" ");
    if (space < 0) {
      places.set(term, place);
      continue;
    }
    const first = term.slice(0, space);
    const seconds = pairs.get(first) ?? new Map<string, number>();
    pairs.set(first, seconds.set(term.slice(space + 1), place));
  }

  return (text) => {
    const counts = new Map<number, number>();
    const count = (place: number | undefined): void => {
      if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
    };
    let seconds: Map<string, number> | undefined;
    for (const word of words(text)) {
      count(seconds?.get(word));
      count(places.get(word));
      seconds = pairs.get(word);
    }
    const found = Int32Array.from(counts.keys()).sort();
    const values = Float64Array.from(found, (place) => counts.get(place)! * idf[place]!);
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
    return { places: found, values: values.map((value) => value / length) };
  };
};

/** The cosine of two vectors of length 1, or of 0: 1 for the same direction, 0 where no place has both. */
export const cosine = (a: SparseVector, b: SparseVector): number => {
  let sum = 0;
  let [i, j] = [0, 0];
  while (i < a.places.length && j < b.places.length) {
    const [left, right] = [a.places[i]!, b.places[j]!];
    if (left === right) sum += a.values[i++]! * b.values[j++]!;
    else if (left < right) i++;
    else j++;
  }
  return sum;
};
