import { expect, test } from "vitest";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import { decisionShares } from "./decision-shares.ts";

test("neutral verdicts of either side are in no share", () => {
  const shares = decisionShares(
    [
      [15, 90, 5],
      [90, 90, 90],
      [10, 90, 20],
    ],
    0.95,
  );
  expect(shares).toMatchObject({
    prevalence: { share: 0.6, n: 50 },
    accuracy: { share: 0.7, n: 50, ci: wilsonInterval(35, 50) },
    precision: { share: 0.8, n: 25 },
    recall: { share: 20 / 30, n: 30 },
    specificity: { share: 0.75, n: 20 },
    balancedAccuracy: { n: 50 },
  });
});

test("balanced accuracy is the mean of two shares, with an interval out of theirs", () => {
  const { balancedAccuracy, recall, specificity } = decisionShares(
    [
      [15, 0, 5],
      [0, 0, 0],
      [10, 0, 20],
    ],
    0.9,
  );
  expect(balancedAccuracy!.share).toBeCloseTo((2 / 3 + 3 / 4) / 2, 14);
  const reach = (end: 0 | 1) =>
    Math.hypot(recall!.share - recall!.ci[end], specificity!.share - specificity!.ci[end]) / 2;
  expect(balancedAccuracy!.ci[0]).toBeCloseTo(balancedAccuracy!.share - reach(0), 14);
  expect(balancedAccuracy!.ci[1]).toBeCloseTo(balancedAccuracy!.share + reach(1), 14);
});

test("a share of nothing is null, and so is what is made of it", () => {
  const onlyGood = [
    [0, 4, 0],
    [0, 0, 0],
    [0, 0, 6],
  ];
  expect(decisionShares(onlyGood, 0.95)).toMatchObject({
    accuracy: { share: 1 },
    recall: { share: 1 },
    specificity: null,
    balancedAccuracy: null,
  });
  const nothing = [
    [0, 0, 0],
    [0, 7, 0],
    [0, 0, 0],
  ];
  expect(Object.values(decisionShares(nothing, 0.95))).toEqual([null, null, null, null, null, null]);
});
