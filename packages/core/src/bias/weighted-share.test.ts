import { expect, test } from "vitest";
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

test("where each cohort agrees in full there is no standard error, but an interval of the effective size", () => {
  const mixed = shareOf(cohort("a", 300, 10, 0), cohort("b", 100, 0, 10))!;
  expect(mixed).toMatchObject({ share: expect.closeTo(0.75, 12), n: 20, standardError: null });
  // (Σw)² / Σw² for weights of 1.5 and 0.5.
  expect(mixed.effectiveSize).toBeCloseTo(400 / 25, 12);
  expect(mixed.ci).toEqual(wilsonInterval(mixed.share * mixed.effectiveSize, mixed.effectiveSize));

  const happy = shareOf(cohort("a", 300, 10, 0), cohort("b", 100, 10, 0))!;
  expect(happy).toMatchObject({ share: 1, standardError: null });
  expect(happy.ci).toEqual(wilsonInterval(happy.effectiveSize, happy.effectiveSize));
  expect(happy.ci[0]).toBeLessThan(1);
});

test("the interval is Wilson's of as many verdicts as would, drawn at random, have the standard error", () => {
  const { share, standardError, ci } = shareOf(cohort("a", 300, 6, 4), cohort("b", 100, 9, 3))!;
  expect(share).toBeCloseTo(0.75 * 0.6 + 0.25 * 0.75, 12);
  const equivalent = (share * (1 - share)) / standardError! ** 2;
  expect(ci[0]).toBeCloseTo(wilsonInterval(share * equivalent, equivalent)![0], 12);
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
