import { expect, test } from "vitest";
import { type Category, poolCategories } from "./pool-categories.ts";

/** Categories by their value, each with so many respondents, out of a population of 100 unless told otherwise. */
const categoriesOf = (respondents: Readonly<Record<string, number>>, population = 100): readonly Category[] =>
  Object.entries(respondents).map(([value, own]) => ({
    by: ["userCohort"],
    labels: [value],
    population,
    respondents: own,
  }));
const pooledOf = (categories: readonly Category[], smallest = 5): readonly (string | undefined)[] =>
  poolCategories(categories, smallest).map(({ labels }) => labels[0]);

test("one that has just enough stands for itself, and one that has one less does not", () => {
  expect(pooledOf(categoriesOf({ a: 5, b: 5 }))).toEqual([]);
  expect(pooledOf(categoriesOf({ a: 5, b: 4, c: 3 }))).toEqual(["c", "b"]);
});

test("where the small ones have too few together, the next smallest join until they have enough", () => {
  expect(pooledOf(categoriesOf({ a: 50, b: 20, c: 2, d: 2 }))).toEqual(["c", "d", "b"]);
  expect(pooledOf(categoriesOf({ a: 50, b: 20, c: 3, d: 2 }))).toEqual(["d", "c"]);
  expect(pooledOf(categoriesOf({ a: 3, b: 1 }))).toEqual(["b", "a"]);
});

test("of equally small ones, it is the name that decides, whatever their order", () => {
  const small = categoriesOf({ none: 0, a: 7, b: 7, c: 7 });
  expect(pooledOf(small)).toEqual(["none", "a"]);
  expect(pooledOf(small.toReversed())).toEqual(["none", "a"]);
});

test("one that has no population needs nobody to stand for it", () => {
  expect(pooledOf([...categoriesOf({ a: 9, b: 9 }), ...categoriesOf({ gone: 0 }, 0)])).toEqual([]);
});

test("one alone has nobody to be pooled with", () => {
  expect(pooledOf(categoriesOf({ a: 1 }))).toEqual([]);
  expect(pooledOf([])).toEqual([]);
});
