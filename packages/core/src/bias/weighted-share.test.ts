import { expect, test } from "vitest";
import { randomSource } from "../stats/random-source.ts";
import { weightedShareInterval } from "../stats/weighted-share-interval.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import { weightedShare } from "./weighted-share.ts";

const cohort = (name: string | undefined, requests: number, good: number, bad: number) => ({
  labels: [name],
  requests,
  good,
  bad,
});
const shareOf = (...cohorts: readonly ReturnType<typeof cohort>[]) =>
  weightedShare(cohorts, "userCohort", {});

test("where each cohort agrees in full there is no standard error, and yet an interval", () => {
  const mixed = shareOf(cohort("a", 300, 10, 0), cohort("b", 100, 0, 10))!;
  expect(mixed).toMatchObject({ share: expect.closeTo(0.75, 12), n: 20, standardError: null });
  // (Σw)² / Σw² for weights of 1.5 and 0.5.
  expect(mixed.effectiveSize).toBeCloseTo(400 / 25, 12);
  expect(mixed.ci[1] - mixed.ci[0]).toBeGreaterThan(0.3);

  const happy = shareOf(cohort("a", 300, 10, 0), cohort("b", 100, 10, 0))!;
  expect(happy).toMatchObject({ share: 1, standardError: null });
  expect(happy.ci[1]).toBe(1);
  expect(happy.ci[0]).toBeCloseTo(wilsonInterval(happy.effectiveSize, happy.effectiveSize)![0], 12);
});

test("the interval is that of strata, pooled cohorts being one", () => {
  const { share, ci } = shareOf(
    cohort("a", 300, 6, 4),
    cohort("b", 100, 9, 3),
    cohort("c", 60, 2, 1),
    cohort("d", 40, 3, 1),
  )!;
  expect(share).toBeCloseTo((300 * 0.6 + 100 * 0.75 + (100 * 5) / 7) / 500, 12);
  const expected = weightedShareInterval([
    { successes: 6, n: 10, weight: 300 },
    { successes: 9, n: 12, weight: 100 },
    { successes: 5, n: 7, weight: 100 },
  ])!;
  expect(ci[0]).toBeCloseTo(expected[0], 12);
  expect(ci[1]).toBeCloseTo(expected[1], 12);
});

test("five who agree do not make sure of the large cohort that they stand for", () => {
  const { share, standardError, ci } = shareOf(cohort("a", 700, 5, 0), cohort("b", 300, 38, 33))!;
  expect(share).toBeCloseTo(0.86, 2);
  expect(standardError).toBeLessThan(0.02);
  // Wilson's interval of five of five begins at 0.57.
  expect(ci[0]).toBeLessThan(0.6);
});

test("small cohorts share a weight and are named, as are the requests without a cohort", () => {
  const { pooled } = shareOf(
    cohort("a", 300, 20, 5),
    cohort(undefined, 100, 2, 2),
    cohort("b", 50, 1, 0),
    cohort("c", 70, 0, 0),
  )!;
  expect(pooled).toEqual(["c", "b", null]);
});

test("one cohort, or all of them too small, leave nothing to weight", () => {
  expect(shareOf(cohort("a", 300, 20, 5))).toBeNull();
  expect(shareOf(cohort("a", 300, 2, 2), cohort("b", 30, 1, 2))).toBeNull();
  expect(shareOf(cohort("a", 300, 2, 2))).toBeNull();
});

test("95 % intervals cover in 93 to 97.5 % of worlds of small, content cohorts, some of which are pooled", () => {
  const random = randomSource(29);
  // Shares of good outputs, and how many of the requests have a verdict.
  const cohorts = [
    { name: "a", requests: 400, good: 0.85, rate: 0.02 },
    { name: "b", requests: 300, good: 0.9, rate: 0.04 },
    { name: "c", requests: 200, good: 0.95, rate: 0.05 },
    { name: "d", requests: 100, good: 0.9, rate: 0.04 },
    { name: "e", requests: 100, good: 0.8, rate: 0.3 },
  ];
  const truth = cohorts.reduce((sum, { requests, good }) => sum + requests * good, 0) / 1_100;
  const binomial = (n: number, share: number): number =>
    Array.from({ length: n }, random).filter((drawn) => drawn < share).length;
  const worlds = 1_000;
  const times = { covered: 0, pooled: 0 };
  for (let world = 0; world < worlds; world++) {
    const drawn = cohorts.map(({ name, requests, good, rate }) => {
      const verdicts = binomial(requests, rate);
      const liked = binomial(verdicts, good);
      return cohort(name, requests, liked, verdicts - liked);
    });
    const { ci, pooled } = shareOf(...drawn)!;
    if (ci[0] <= truth && truth <= ci[1]) times.covered++;
    if (pooled.length > 0) times.pooled++;
  }
  expect(times.pooled / worlds).toBeGreaterThan(0.5);
  expect(times.covered / worlds).toBeGreaterThanOrEqual(0.93);
  expect(times.covered / worlds).toBeLessThanOrEqual(0.975);
});
