import fc from "fast-check";
import { expect, test } from "vitest";
import { findTippingPoint } from "./find-tipping-point.ts";

const counts = fc
  .tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 }), fc.integer({ min: 1, max: 40 }))
  .map(([good, bad, silent]) => ({ good, bad, requests: good + bad + silent }));
const shares = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);

test("with that share among the silent, the share over all is the target; where there is none, no share makes it so", () => {
  fc.assert(
    fc.property(counts, shares, (given, target) => {
      const { silentShare, silent, bounds } = findTippingPoint(given, { target, estimate: 0.5 });
      if (silentShare === null) expect(target < bounds[0] || target > bounds[1]).toBe(true);
      else expect((given.good + silent * silentShare) / given.requests).toBeCloseTo(target, 12);
    }),
  );
});

test("a target on either bound tips at nobody, or everybody, of the silent", () => {
  const given = { requests: 10, good: 3, bad: 2 };
  expect(findTippingPoint(given, { target: 0.3, estimate: 0.5 }).silentShare).toBe(0);
  expect(findTippingPoint(given, { target: 0.8, estimate: 0.5 }).silentShare).toBe(1);
});

test("an estimate that the silent could not bring about takes them to be as near to it as they can be", () => {
  const given = { requests: 10, good: 8, bad: 0 };
  expect(findTippingPoint(given, { target: 0.5, estimate: 0.2 }).silentShareByEstimate).toBe(0);
  expect(findTippingPoint(given, { target: 0.5, estimate: 0.9 }).silentShareByEstimate).toBeCloseTo(0.5, 12);
  expect(findTippingPoint({ ...given, bad: 1 }, { target: 0.5, estimate: 1 }).silentShareByEstimate).toBe(1);
});
