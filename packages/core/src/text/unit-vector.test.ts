import { expect, test } from "vitest";
import { unitVector } from "./unit-vector.ts";

test("has length 1, and zeros stay zeros", () => {
  expect(unitVector([3, 0, -4])).toEqual(Float64Array.of(0.6, 0, -0.8));
  expect(unitVector([0, 0])).toEqual(Float64Array.of(0, 0));
});
