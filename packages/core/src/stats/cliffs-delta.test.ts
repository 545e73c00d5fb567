import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cliffsDelta } from "./cliffs-delta.ts";
import { groups } from "./fixtures/groups.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { twoSamples } from "./fixtures/two-samples.ts";

describe.each(twoSamples)("on $name", ({ groups, cliffsDelta: expected }) => {
  test.skipIf(groups === null)("delta is what SciPy's U makes it", () => {
    expect(relativeError(cliffsDelta(groups!.a, groups!.b), expected)).toBeLessThan(1e-9);
  });
});

test("swapping the groups turns the sign, and groups that do not overlap give 1 or -1", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      expect(cliffsDelta(b, a)).toBeCloseTo(-cliffsDelta(a, b)!, 14);
      expect(Math.abs(cliffsDelta(a, b)!)).toBeLessThanOrEqual(1);
    }),
  );
  expect(cliffsDelta([4, 5], [1, 2, 3])).toBe(1);
  expect(cliffsDelta([1, 2], [3])).toBe(-1);
  expect(cliffsDelta([3, 3], [3])).toBe(0);
});

test("an empty group has no delta", () => {
  expect(cliffsDelta([], [1])).toBeNull();
  expect(cliffsDelta([1], [Number.NaN])).toBeNull();
});
