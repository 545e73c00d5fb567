import { expect, test } from "vitest";
import { postStratify } from "./post-stratify.ts";

test("each stratum weighs what it has of the population, by the weights its rows had", () => {
  expect(Array.from(postStratify({ stratum: [0, 0, 0, 1], population: [60, 40] }).weights!)).toEqual([
    20, 20, 20, 40,
  ]);
  const weighted = postStratify({ stratum: [0, 1, 0], population: [60, 40], weights: [1, 9, 2] });
  expect(Array.from(weighted.weights!)).toEqual([20, 40, 40]);
});

test("a sample that is like its population keeps equal weights, and all of its size", () => {
  const { weights, effectiveSize } = postStratify({ stratum: [0, 1, 0, 1], population: [500, 500] });
  expect(Array.from(weights!)).toEqual([250, 250, 250, 250]);
  expect(effectiveSize).toBe(4);
});

test("a stratum without rows is named", () => {
  expect(postStratify({ stratum: [0, 0], population: [3, 4] })).toMatchObject({
    weights: null,
    reason: "empty_cell",
    empty: [{ margin: 0, code: 1 }],
  });
});
