import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groups } from "./fixtures/groups.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { twoSamples } from "./fixtures/two-samples.ts";
import { hedgesG, hedgesGOfMoments } from "./hedges-g.ts";
import { moments } from "./moments.ts";

describe.each(twoSamples)("on $name", ({ groups, cohensD, hedgesG: expected }) => {
  test.skipIf(groups === null)("d and g follow their formulas", () => {
    const effect = hedgesG(groups!.a, groups!.b)!;
    expect(relativeError(effect.cohensD, cohensD)).toBeLessThan(1e-9);
    expect(relativeError(effect.hedgesG, expected)).toBeLessThan(1e-9);
  });
});

test("the moments of the groups give what the groups give", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      expect(hedgesGOfMoments(moments(a), moments(b))).toEqual(hedgesG(a, b));
    }),
  );
});

test("swapping the groups turns the signs, and g is nearer to 0 than d", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      const there = hedgesG(a, b)!;
      const back = hedgesG(b, a)!;
      expect(back.cohensD).toBeCloseTo(-there.cohensD, 10);
      expect(back.hedgesG).toBeCloseTo(-there.hedgesG, 10);
      expect(Math.abs(there.hedgesG)).toBeLessThanOrEqual(Math.abs(there.cohensD));
    }),
  );
});

test("too few values or no spread have no effect size", () => {
  expect(hedgesG([1], [1, 2])).toBeNull();
  expect(hedgesG([1, 1], [2, 2])).toBeNull();
});
