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
    const met: number[] = [];
    let seconds: Map<string, number> | undefined;
    for (const word of words(text)) {
      const pair = seconds?.get(word);
      const single = places.get(word);
      if (pair !== undefined) met.push(pair);
      if (single !== undefined) met.push(single);
      seconds = pairs.get(word);
    }
    const sorted = Int32Array.from(met).sort();
    const found = sorted.filter((place, at) => place !== sorted[at - 1]);
    const values = new Float64Array(found.length);
    let squares = 0;
    for (let at = 0, from = 0; at < found.length; at++) {
      let to = from;
      while (sorted[to] === found[at]) to++;
      values[at] = (to - from) * idf[found[at]!]!;
      squares += values[at]! ** 2;
      from = to;
    }
    const length = Math.sqrt(squares);
    for (let at = 0; at < values.length; at++) values[at]! /= length;
    return { places: found, values };
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
