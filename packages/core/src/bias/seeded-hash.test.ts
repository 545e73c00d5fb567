import { expect, test } from "vitest";
import { chiSquareUpperTail } from "../stats/chi-square-upper-tail.ts";
import { pearson } from "../stats/pearson.ts";
import { seededHash } from "./seeded-hash.ts";

const ids = Array.from({ length: 20_000 }, (_, at) => `req-${at}`);

/** The p-value of an even spread of the numbers over bins. */
const evenness = (numbers: readonly number[], bins: number, binOf: (number: number) => number): number => {
  const counts = new Array<number>(bins).fill(0);
  for (const number of numbers) counts[binOf(number)]!++;
  const expected = numbers.length / bins;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return chiSquareUpperTail(statistic, bins - 1);
};

test("the same text and seed give the same number, of 53 bits, on every machine", () => {
  for (const id of ids) {
    const hash = seededHash(id, 1);
    expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true);
  }
  // made by this function on Node 24: a sample drawn once must be drawn again
  expect([seededHash("", 0), seededHash("req-1", 1), seededHash("é😀", -7)]).toEqual([
    7744990800652111, 5378345473696195, 3798404151601687,
  ]);
});

test.each([0, 1, 2, -1, 2 ** 40])("numbers of consecutive ids are spread evenly, by seed %d", (seed) => {
  const hashes = ids.map((id) => seededHash(id, seed));
  expect(new Set(hashes).size).toBe(ids.length);
  // high bits, low bits, and bits in the middle
  expect(evenness(hashes, 256, (hash) => Math.floor(hash / 2 ** 45))).toBeGreaterThan(1e-4);
  expect(evenness(hashes, 256, (hash) => hash % 256)).toBeGreaterThan(1e-4);
  expect(evenness(hashes, 256, (hash) => Math.floor(hash / 2 ** 24) % 256)).toBeGreaterThan(1e-4);
});

test("neighbouring seeds and neighbouring ids give numbers that have nothing to do with each other", () => {
  const by = (seed: number) => ids.map((id) => seededHash(id, seed));
  for (const [a, b] of [
    [1, 2],
    [0, 2 ** 32],
    [5, -5],
  ] as const)
    expect(pearson(by(a), by(b)).p).toBeGreaterThan(1e-4);
  const hashes = by(1);
  expect(pearson(hashes.slice(1), hashes.slice(0, -1)).p).toBeGreaterThan(1e-4);
});

test("one bit of the text or the seed turns half of the bits", () => {
  const bitsOf = (hash: number) => hash.toString(2).padStart(53, "0");
  const turned = (a: number, b: number) => [...bitsOf(a)].filter((bit, at) => bit !== bitsOf(b)[at]).length;
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const some = ids.slice(0, 2_000);
  // 26.5 of 53, and an error of 0.08
  expect(Math.abs(mean(some.map((id) => turned(seededHash(id, 1), seededHash(id, 0)))) - 26.5)).toBeLessThan(
    0.5,
  );
  expect(
    Math.abs(mean(some.map((id) => turned(seededHash(`${id}a`, 1), seededHash(`${id}c`, 1)))) - 26.5),
  ).toBeLessThan(0.5);
});
