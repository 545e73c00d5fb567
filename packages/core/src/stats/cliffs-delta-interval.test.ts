import fc from "fast-check";
import { expect, test } from "vitest";
import { cliffsDelta } from "./cliffs-delta.ts";
import { cliffsDeltaInterval } from "./cliffs-delta-interval.ts";
import { groups } from "./fixtures/groups.ts";
import { randomSource } from "./random-source.ts";

test("the interval is that of the formulas on the whole dominance matrix", () => {
  // R 4.2.2: D <- sign(outer(a, b, "-")); d <- mean(D); Cliff's variance from the rows, columns and entries of D; Feng and
  // Cliff's limits with qt(0.975, n1 + n2 - 2)
  const { delta, ci } = cliffsDeltaInterval([4, 5, 5, 5], [1, 2, 4, 4]);
  expect(delta).toBe(0.875);
  expect(ci![0]).toBeCloseTo(0.2659655484124572, 12);
  expect(ci![1]).toBeCloseTo(0.9847862363604251, 12);
  const other = cliffsDeltaInterval([1, 3, 3, 4, 2, 5, 5, 3], [2, 2, 4, 1, 3, 3, 1, 2, 5, 1], {
    confidence: 0.9,
  });
  expect(other.ci![0]).toBeCloseTo(-0.116655433795249, 12);
  expect(other.ci![1]).toBeCloseTo(0.7047679010986331, 12);
});

test("it holds delta and stays from -1 to 1; swapping the groups turns the signs", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      const there = cliffsDeltaInterval(a, b);
      const back = cliffsDeltaInterval(b, a);
      expect(there.delta).toBe(cliffsDelta(a, b));
      expect(there.ci![0]).toBeGreaterThanOrEqual(-1);
      expect(there.ci![0]).toBeLessThanOrEqual(there.delta!);
      expect(there.ci![1]).toBeGreaterThanOrEqual(there.delta!);
      expect(there.ci![1]).toBeLessThanOrEqual(1);
      expect(back.ci![0]).toBeCloseTo(-there.ci![1], 12);
    }),
  );
});

test("groups that do not overlap may do so in truth", () => {
  const { delta, ci } = cliffsDeltaInterval([4, 5, 6, 7, 8, 9], [1, 2, 3, 1, 2, 3]);
  expect(delta).toBe(1);
  expect(ci![0]).toBeLessThan(0.5);
  expect(ci![1]).toBe(1);
  const turned = cliffsDeltaInterval([1, 2, 3, 1, 2, 3], [4, 5, 6, 7, 8, 9]);
  expect(turned.ci).toEqual([-1, -ci![0]]);
});

test("it covers the truth 95 times of 100 on ratings of unequal spread", () => {
  const random = randomSource(51);
  // Ratings 1 to 5, even in one group; 2 to 5, rising, in the other: delta is the difference of two sums.
  const shares = { a: [0, 0.1, 0.2, 0.3, 0.4], b: [0.2, 0.2, 0.2, 0.2, 0.2] };
  const draw = (of: readonly number[], size: number) => {
    const upTo = of.map((_, i) => of.slice(0, i + 1).reduce((sum, share) => sum + share, 0));
    return Array.from({ length: size }, () => {
      const u = random();
      return 1 + upTo.findIndex((edge, i) => u < edge || i === upTo.length - 1);
    });
  };
  let truth = 0;
  shares.a.forEach((p, i) => {
    shares.b.forEach((q, j) => {
      truth += p * q * Math.sign(i - j);
    });
  });
  const trials = 2000;
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const [low, high] = cliffsDeltaInterval(draw(shares.a, 40), draw(shares.b, 25)).ci!;
    if (low <= truth && truth <= high) covered++;
  }
  expect(covered / trials).toBeGreaterThan(0.93);
  expect(covered / trials).toBeLessThan(0.975);
});

test("too few values have no interval", () => {
  expect(cliffsDeltaInterval([], [1, 2])).toMatchObject({ delta: null, ci: null, reason: "too_few" });
  expect(cliffsDeltaInterval([3, Number.NaN], [1, 2])).toEqual({
    n: [1, 2],
    dropped: 1,
    delta: 1,
    ci: null,
    reason: "too_few",
  });
  expect(() => cliffsDeltaInterval([1, 2], [1, 2], { confidence: 0 })).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
