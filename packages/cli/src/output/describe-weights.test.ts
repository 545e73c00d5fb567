import { type WeightOptions, weightFeedbackForBalance } from "@heed/core";
import { expect, test } from "vitest";
import { times, type VotedRequest, votedStore } from "../voted-store.ts";
import { describeWeights } from "./describe-weights.ts";

const textOf = async (requests: readonly VotedRequest[], options: WeightOptions = {}): Promise<string> =>
  describeWeights(await weightFeedbackForBalance(await votedStore(requests), options), options);

const requestsOf = (metadata: Record<string, string>, count: number, ratings: readonly number[]) =>
  times(
    count,
    (at): VotedRequest => ({ metadata, votes: at < ratings.length ? [[`u${at}`, ratings[at]!]] : [] }),
  );

const skewed = [
  ...requestsOf({ userCohort: "new" }, 180, [1, 2, 1, 3, 2, 1]),
  ...requestsOf({ userCohort: "power" }, 20, [5, 4, 5, 5, 4, 5, 4, 5, 5, 4]),
];

test("shows what a vote of each group counts for, and what that changes", async () => {
  const text = await textOf(skewed, { trim: false });
  expect(text).toContain("users say 1.96 of 5 instead of 3.50.");
  expect(text).toMatch(/userCohort +requests +voted +weight\n +new +180 +6 +2\.40\n +power +20 +10 +0\.16\n/);
  expect(text).toMatch(/unweighted +3\.50 +2\.\d\d to 4\.\d\d +16\n/);
  expect(text).toMatch(/weighted +1\.96 +1\.\d\d to 2\.\d\d +16\n/);
  expect(text).toMatch(
    /16 voted requests so weighted say as much as \d\.\d weighted alike \(design effect 2\.\d\d\); the largest weight is 2\.40/,
  );
});

test("what was cut, pooled or left out is told", async () => {
  const trimmed = await textOf(skewed, { trim: 1.5 });
  expect(trimmed).toContain("before trimming");
  expect(trimmed).toContain("Cut to the largest weight: 6 voted requests.");
  const pooled = await textOf([
    ...skewed,
    ...requestsOf({ userCohort: "trial" }, 30, [3]),
    ...requestsOf({}, 30, [3, 3]),
  ]);
  expect(pooled).toMatch(/Too few votes of their own, and weighed together: .*trial/);
  expect(pooled).toContain("(none)");
  const known = await textOf(skewed, { population: { userCohort: { new: 100 } } });
  expect(known).toContain("Outside the given population, and left out: 10 voted requests.");
});

test("says why there are no weights", async () => {
  expect(await textOf([])).toContain("Not enough data: 5 voted requests are needed, and there are 0.");
  expect(await textOf(skewed.slice(0, 180))).toContain("Nothing to weigh: no two groups have enough votes");
  const contradicting = [
    ...requestsOf(
      { a: "x", b: "x" },
      10,
      times(10, () => 5),
    ),
    ...requestsOf(
      { a: "y", b: "y" },
      10,
      times(10, () => 4),
    ),
  ];
  expect(
    await textOf(contradicting, {
      by: ["a", "b"],
      method: "raking",
      population: { a: { x: 90, y: 10 }, b: { x: 10, y: 90 } },
    }),
  ).toContain("No weights: the labels contradict each other");
});
