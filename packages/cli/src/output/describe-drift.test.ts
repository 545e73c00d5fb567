import { type DriftOptions, detectDrift } from "@heed/core";
import { expect, test } from "vitest";
import { times, votedStore } from "../voted-store.ts";
import { describeDrift } from "./describe-drift.ts";
import { describeDrifts } from "./describe-drifts.ts";

/** Six requests a day, whose scores differ a little, and by a step from a day on. */
const daysOf = async (days: number, stepFrom: number, isNoisy = true) =>
  votedStore(
    times(days * 6, (at) => {
      const day = Math.floor(at / 6);
      const noise = isNoisy ? ((at * 7) % 11) / 100 + ((day * 5) % 7) / 200 : 0;
      return {
        timestamp: new Date(Date.UTC(2026, 2, 1 + day, at % 6)),
        evalScores: { overall: 0.5 + noise + (day >= stepFrom ? 0.3 : 0) },
      };
    }),
  );

const driftOf = async (
  days: number,
  stepFrom: number,
  options: DriftOptions & { isNoisy?: boolean } = {},
) => {
  const { isNoisy = true, ...asked } = options;
  return detectDrift(await daysOf(days, stepFrom, isNoisy), asked);
};

test("a drift has its direction, its day, its size with interval, and both sides with n", async () => {
  const text = describeDrift(await driftOf(30, 20));
  expect(text).toContain('Score "overall" over 30 days with data, 2026-03-01 to 2026-03-30\n');
  expect(text).toMatch(
    /It went up from 2026-03-(19|2\d) on, by \+0\.\d{3} \(95 % interval 0\.2\d\d to 0\.[23]\d\d\); this shows since 2026-03-2\d\./,
  );
  expect(text).toMatch(/before +1[012]\d +0\.\d{3} +0\.\d{3}\n +after +[67]\d +0\.\d{3} +0\.\d{3}\n/);
  expect(text).toContain("The last days have other scores than the first (population stability index");
});

test("no drift, no days and no differences are told apart", async () => {
  expect(describeDrift(await driftOf(30, 99))).toContain(
    "Stable: no drift beyond what days differ by anyway.",
  );
  expect(describeDrift(await driftOf(5, 99))).toContain(
    "Not enough data: 15 days with data are needed, and there are 5.",
  );
  expect(describeDrift(await driftOf(30, 99, { isNoisy: false }))).toContain("Nothing to measure against");
});

test("several metrics are a table, the moved ones named above it", async () => {
  const answers = [
    await driftOf(30, 20),
    await driftOf(30, 99, { metric: "gap" }),
    await driftOf(30, 99, { isNoisy: false }),
    await driftOf(30, 99),
  ];
  const text = describeDrifts(answers);
  expect(text).toContain('Moved: Score "overall".');
  expect(text).toMatch(/Score "overall" +30 +up +2026-03-(19|2\d) +\+0\.\d{3} +0\.\d{3} to 0\.\d{3}\n/);
  expect(text).toMatch(/Score "overall" above users +0 +needs 15 days +- +- +-\n/);
  expect(text).toMatch(/Score "overall" +30 +no differences +-/);
  expect(describeDrifts(answers.slice(3))).toContain("Nothing moved");
  expect(describeDrifts(answers.slice(1, 2))).toContain("Not enough data");
});
