import { expect, test } from "vitest";
import { chooseSimplest } from "./choose-simplest.ts";

const groups = 40;
const sizes = new Float64Array(groups).fill(5);
const loss = (of: (group: number) => number) => Float64Array.from(sizes, (_, group) => of(group));
const simple = loss((group) => 1 + (group % 2));

test("takes the better where it is better in group after group", () => {
  expect(chooseSimplest([simple, simple.map((own) => own - 0.2), simple], sizes)).toBe(1);
});

test("stays with the simplest where the better one is better by luck, and in few groups whatever the better one does", () => {
  const lucky = simple.map((own, group) => own - (group === 7 ? 3 : 0));
  expect(chooseSimplest([simple, lucky], sizes)).toBe(0);
  const few = [simple, simple.map((own) => own - 0.2)].map((own) => own.subarray(0, 9));
  expect(chooseSimplest(few, sizes.subarray(0, 9))).toBe(0);
});

test("takes the simplest of equals", () => {
  expect(chooseSimplest([simple, simple], sizes)).toBe(0);
});
