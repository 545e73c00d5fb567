import { expect, test } from "vitest";
import { addValue, emptyMoments } from "../stats/moment-sums.ts";
import { compareScores } from "./compare-scores.ts";

const sumsOf = (scores: readonly number[]) => {
  const sums = emptyMoments();
  for (const score of scores) addValue(sums, score);
  return sums;
};
const cohort = (voted: readonly number[], silent: readonly number[]) => ({
  scoreOfVoted: sumsOf(voted),
  scoreOfSilent: sumsOf(silent),
});
const around = (mean: number, n: number): readonly number[] =>
  Array.from({ length: n }, (_, at) => mean + (at % 2 === 0 ? 0.05 : -0.05));

test("cohorts of other scores that vote otherwise are no sign, as only requests of one cohort are compared", () => {
  const cohorts = [cohort(around(0.9, 40), around(0.9, 10)), cohort(around(0.2, 10), around(0.2, 40))];
  const answer = compareScores(cohorts, {});
  expect(answer).toMatchObject({ verdict: "no_sign" });
  expect("difference" in answer && answer.difference).toBeCloseTo(0, 12);
});

test("the difference is the mean of those of the cohorts, by their sizes, with its interval", () => {
  const cohorts = [cohort(around(0.5, 10), around(0.7, 20)), cohort(around(0.4, 6), around(0.4, 24))];
  const answer = compareScores(cohorts, {});
  expect(answer.verdict).toBe("suspected");
  if (!("ci" in answer)) return;
  expect(answer.difference).toBeCloseTo(-0.1, 12);
  const variance = (n: number): number => (0.05 ** 2 * n) / (n - 1) / n;
  const error = Math.sqrt(0.25 * (variance(10) + variance(20)) + 0.25 * (variance(6) + variance(24)));
  // scipy.stats.norm.ppf(.975)
  expect(answer.ci[1]).toBeCloseTo(-0.1 + 1.959963984540054 * error, 10);
});

test("a cohort with fewer than five scores of either kind says nothing", () => {
  const told = cohort(around(0.5, 6), around(0.5, 6));
  const thin = [cohort(around(0.1, 4), around(0.9, 40)), cohort(around(0.1, 40), around(0.9, 4))];
  expect(compareScores([told, ...thin], {})).toEqual(compareScores([told], {}));
  expect(compareScores(thin, {})).toEqual({ verdict: "unknown", correctableByWeighting: false });
});

test("scores without any spread leave it unknown", () => {
  const flat = cohort(new Array(9).fill(0.5), new Array(9).fill(0.5));
  expect(compareScores([flat], {})).toMatchObject({ verdict: "unknown" });
});
