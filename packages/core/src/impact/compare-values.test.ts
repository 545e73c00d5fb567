import { expect, test } from "vitest";
import { moments } from "../stats/moments.ts";
import { compareValues } from "./compare-values.ts";
import { change, storeOf } from "./fixtures/store-of.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";

const before = [0.42, 0.55, 0.61, 0.48, 0.5, 0.39, 0.66, 0.58];
const after = [0.61, 0.72, 0.55, 0.8, 0.66, 0.7];
const requests = [
  ...before.map((score) => ({ date: 9, score })),
  ...after.map((score) => ({ date: 10, score })),
];

test("beside Welch stand SciPy's Mann-Whitney test, Cliff's delta and Hedges' g", async () => {
  const answer = await measureImprovementFromChange(await storeOf(requests), change);
  if (!("mannWhitney" in answer)) throw new Error(answer.verdict);
  // scipy.stats.mannwhitneyu(after, before, method="asymptotic"); 2 U / (6 * 8) - 1; numpy for g
  expect(answer.mannWhitney).toMatchObject({ u1: 42.5 });
  expect(answer.mannWhitney!.cliffsDelta).toBeCloseTo(37 / 48, 14);
  expect(answer.mannWhitney!.p).toBeCloseTo(0.019727592246455688, 12);
  expect(answer.hedgesG).toBeCloseTo(1.5392475501931608, 12);
});

test("the minimum detectable effect is (z + z) standard errors, and grows with the power asked for", async () => {
  const store = await storeOf(requests);
  const detectable = async (power?: number) => {
    const answer = await measureImprovementFromChange(store, {
      ...change,
      ...(power !== undefined && { power }),
    });
    return "minimumDetectableEffect" in answer ? answer.minimumDetectableEffect : Number.NaN;
  };
  // (scipy.stats.norm.ppf(.975) + scipy.stats.norm.ppf(.8)) * sqrt(var(before) / 8 + var(after) / 6), numpy
  expect(await detectable()).toBeCloseTo(0.13629763274059886, 12);
  expect(await detectable(0.95)).toBeGreaterThan(await detectable(0.8));
});

test("two sides without any spread have no test", () => {
  const [same, other] = [Float64Array.of(1, 1), Float64Array.of(2, 2)];
  expect(compareValues(moments(same), moments(other), { before: same, after: other }, {})).toBeNull();
});
