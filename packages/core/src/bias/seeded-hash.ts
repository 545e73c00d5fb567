/**
 * A number from 0 to 2^53 - 1 for a text and a seed: the same on every machine, spread evenly, and for another seed
 * in another order altogether. For drawing samples that anybody can draw again, not for secrets.
 *
 * Two lanes of 32 bits take in the text a UTF-16 code unit at a time, each by a multiplier of its own, then every
 * bit is mixed into every other.
 *
 * Source: the multiply and xor of FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo); the last mix is that of A. Appleby's
 * MurmurHash3.
 *
 * @example
 * seededHash("req-1", 1) === seededHash("req-1", 1); // true
 */
export const seededHash = (text: string, seed: number): number => {
  let low = mix(seed ^ 0x811c9dc5);
  let high = mix(Math.floor(seed / 2 ** 32) ^ low);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
  }
  // Each lane passes through the other, so that texts which meet in one of them part again.
  low = mix(low ^ (high >>> 15));
  high = mix(high ^ low);
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
};

const mix = (bits: number): number => {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
};
