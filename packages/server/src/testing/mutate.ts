/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** What parsers and validators stumble over. */
const stones = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\0",
  "\u2028",
  "\\ud800",
  "1e999",
  "-0",
  "null",
  "\ufeff",
]
  .concat(["__proto__", "constructor", "\\u005f", "[".repeat(20), "9".repeat(30), "MaRk3r"])
  .map((stone) => Buffer.from(stone));

/** A copy of some bytes with one to four changes: a byte turned, put in or taken out, a stone laid, a part doubled. */
export const mutate = (bytes: Buffer, random: () => number): Buffer => {
  const below = (end: number) => Math.floor(random() * end);
  let mutant = bytes;
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(mutant.length + 1);
    const end = Math.min(mutant.length, at + below(12));
    const put = [
      () => Buffer.of(below(256)),
      () => stones[below(stones.length)]!,
      () => Buffer.concat([mutant.subarray(at, end), mutant.subarray(at, end)]),
      () => Buffer.alloc(0),
    ][below(4)]!();
    mutant = Buffer.concat([mutant.subarray(0, at), put, mutant.subarray(random() < 0.5 ? at : end)]);
  }
  return mutant;
};
