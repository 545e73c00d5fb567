import { expect, test } from "vitest";
import { randomSource } from "./random-source.ts";

const draw = (seed: number, count: number): number[] => Array.from({ length: count }, randomSource(seed));

test("the numbers of a seed never change", () => {
  // sfc32 written out in Python, on unbounded integers and a mask; the first four outputs
  const outputs = new Map([
    [1, [2012149540, 1872316204, 1707632675, 1779833415]],
    [-7, [1754247178, 4029762661, 2817628053, 1479546132]],
    [2 ** 40 + 5, [1829320450, 171792437, 3939325321, 1304853484]],
  ]);
  for (const [seed, expected] of outputs) expect(draw(seed, 4).map((u) => u * 2 ** 32)).toEqual(expected);
});

test("they fill the interval from 0 to 1 evenly, and follow each other without memory", () => {
  const count = 200_000;
  for (const seed of [0, 1, 2, 3, 2026]) {
    const numbers = draw(seed, count);
    const bins = new Float64Array(256);
    for (const u of numbers) bins[Math.floor(u * 256)]!++;
    const chiSquare = bins.reduce((sum, seen) => sum + (seen - count / 256) ** 2 / (count / 256), 0);
    // 255 degrees of freedom: mean 255, standard deviation 22.6
    expect(Math.abs(chiSquare - 255)).toBeLessThan(4 * 22.6);

    const lagged = numbers.slice(1).reduce((sum, u, i) => sum + (u - 0.5) * (numbers[i]! - 0.5), 0);
    expect(Math.abs((12 * lagged) / count)).toBeLessThan(4 / Math.sqrt(count));
  }
});

test("neighbouring seeds give unrelated numbers", () => {
  const count = 20_000;
  const firsts = Array.from({ length: count }, (_, seed) => randomSource(seed)());
  const product = firsts.slice(1).reduce((sum, u, i) => sum + (u - 0.5) * (firsts[i]! - 0.5), 0);
  expect(Math.abs((12 * product) / count)).toBeLessThan(4 / Math.sqrt(count));
});

test("a seed that is not a whole number is refused", () => {
  for (const seed of [0.5, Number.NaN, 2 ** 53])
    expect(() => randomSource(seed)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
