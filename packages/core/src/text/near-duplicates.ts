import { estimateSimilarity, minHash } from "./min-hash.ts";

/** Texts whose signatures agree in all numbers of a band are compared: of those that are 0.4 alike 75 %, of 0.1 2 %. */
const bands = 21;
const rows = 3;

/** Texts of a bucket that a further one is compared with: those of templates differ little from the first. */
const mostPeers = 8;

/**
 * Sorts texts into clusters of near-duplicates: for each text the place of one text that stands for its cluster. Two
 * texts are in one cluster if they are alike, or if a chain of texts leads from one to the other of which each is like
 * the next. The time grows with the number of texts, not with that of their pairs.
 *
 * Source: locality-sensitive hashing as in J. Leskovec, A. Rajaraman, J. D. Ullman, "Mining of Massive Datasets",
 * section 3.4, with 21 bands of 3 numbers.
 *
 * @param texts different ones, none of them empty
 * @param similarity share of their shingles that two texts have in common from which on they are alike, 0 to 1
 *
 * @example
 * nearDuplicates(["neverbuythisthing", "whatalovelyanswer", "neverbuythisthingy"], 0.5); // [0, 1, 0]
 */
export const nearDuplicates = (texts: readonly string[], similarity: number): Int32Array => {
  const parents = Int32Array.from(texts.keys());
  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!;
      root = parents[root]!;
    }
    return root;
  };
  const signatures = texts.map(minHash);
  for (let band = 0; band < bands; band++) {
    const buckets = new Map<number, number[]>();
    for (const [at, signature] of signatures.entries()) {
      const key = keyOf(signature, band * rows);
      const peers = buckets.get(key);
      if (!peers) {
        buckets.set(key, [at]);
        continue;
      }
      const alike = peers.filter(
        (peer) =>
          rootOf(peer) === rootOf(at) || estimateSimilarity(signatures[peer]!, signature) >= similarity,
      );
      // The first text of a cluster stands for it, whatever the order of the bands.
      for (const peer of alike) {
        const [one, other] = [rootOf(peer), rootOf(at)];
        parents[Math.max(one, other)] = Math.min(one, other);
      }
      if (alike.length === 0 && peers.length < mostPeers) peers.push(at);
    }
  }
  return Int32Array.from(texts.keys(), rootOf);
};

/** One number for those of a band, below 2^53. */
const keyOf = (signature: Uint32Array, from: number): number => {
  let [low, high] = [0x811c9dc5, 0x9e3779b1];
  for (let at = from; at < from + rows; at++) {
    low = Math.imul(low ^ signature[at]!, 0x01000193);
    low ^= low >>> 15;
    high = Math.imul(high ^ signature[at]!, 0x5bd1e995);
    high ^= high >>> 13;
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
};
