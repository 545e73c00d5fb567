/**
 * 32 bits of a user id, for next to nothing. Databases hold them: this function never changes.
 *
 * Source: FNV-1a, G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm", here over
 * UTF-16 code units.
 */
export const hintOf = (userId: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < userId.length; at++) hash = Math.imul(hash ^ userId.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};
