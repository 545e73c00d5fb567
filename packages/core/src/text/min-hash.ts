import { randomSource } from "../stats/random-source.ts";
import { words } from "./words.ts";

/** Numbers in a signature: an estimated similarity then has a standard error of 0.06 at most. */
const permutations = 64;

/** Code units of a shingle: few enough for a typo to leave most of them, enough for most texts to share few. */
const shingleLength = 3;

const random = randomSource(1);
const someBits = () => (random() * 2 ** 32) | 0;
const salts = Int32Array.from({ length: permutations }, someBits);
// Odd, so that no two hashes become one.
const multipliers = Int32Array.from({ length: permutations }, () => someBits() | 1);

/**
 * What a text says, without the ways to say it that cost nothing: its letters in lower case, without spaces, marks,
 * digits, emoji and characters that nobody sees. Empty for a text without letters.
 *
 * @example
 * lettersOf("Never BUY this!!! 😡 #42"); // "neverbuythis"
 */
export const lettersOf = (text: string): string =>
  words(text.replace(/\p{Cf}/gu, ""))
    .join("")
    .replace(/\p{N}+/gu, "");

/**
 * The MinHash signature of a text's shingles, its runs of three code units: two texts have as many equal numbers in the
 * same places, of 64, as their sets of shingles have of all their shingles in common.
 *
 * Source: A. Z. Broder, "On the resemblance and containment of documents", Proceedings of Compression and Complexity
 * of Sequences (1997), 21-29.
 *
 * @param text at least one character
 */
export const minHash = (text: string): Uint32Array => {
  const signature = new Uint32Array(permutations).fill(2 ** 32 - 1);
  const last = Math.max(0, text.length - shingleLength);
  for (let from = 0; from <= last; from++) {
    let shingle = 0x811c9dc5;
    const end = Math.min(text.length, from + shingleLength);
    for (let at = from; at < end; at++) shingle = Math.imul(shingle ^ text.charCodeAt(at), 0x01000193);
    shingle = Math.imul(shingle ^ (shingle >>> 15), 0x85ebca6b);
    shingle ^= shingle >>> 13;
    for (let each = 0; each < permutations; each++) {
      const hash = Math.imul(shingle ^ salts[each]!, multipliers[each]!) >>> 0;
      if (hash < signature[each]!) signature[each] = hash;
    }
  }
  return signature;
};

/** The share of their shingles that two texts have in common, as far as their signatures tell: 0 to 1. */
export const estimateSimilarity = (a: Uint32Array, b: Uint32Array): number => {
  let same = 0;
  for (let each = 0; each < permutations; each++) if (a[each] === b[each]) same++;
  return same / permutations;
};
