import { expect, test } from "vitest";
import { compensatedSum } from "./compensated-sum.ts";

test("small terms beside large ones are not lost, whichever comes first", () => {
  expect(compensatedSum(Float64Array.of(1, 1e100, 1, -1e100))).toBe(2);
  expect(compensatedSum(new Float64Array(1e5).fill(0.1))).toBe(1e4);
  expect(compensatedSum(new Float64Array())).toBe(0);
});
