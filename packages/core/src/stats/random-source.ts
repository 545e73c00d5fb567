import { requireSeed } from "../check-options.ts";

/**
 * A source of random numbers that gives the same ones for the same seed, on every machine: each call gives the
 * next, a multiple of 2^-32, uniform from 0 up to, but never, 1. For resampling and sampling, not for secrets.
 *
 * @param seed any whole number; neighbouring seeds give unrelated numbers
 *
 * @throws HeedError `INVALID_QUERY` if the seed is not a safe integer.
 *
 * Source: sfc32 of C. Doty-Humphrey's PractRand, seeded as there: 64 bits of seed, then twelve numbers
 * thrown away. Its period is at least 2^32.
 *
 * @example
 * const random = randomSource(1);
 * Math.floor(random() * 6) + 1; // a throw of a die
 */
export function randomSource(seed: number): () => number {
  requireSeed(seed);
  let a = 0;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;

  const next = (): number => {
    const mixed = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return (mixed >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}
