import { expect, test } from "vitest";
import { compareConstants } from "./compare-constants.ts";
import { change, day, storeOf, type Told } from "./fixtures/store-of.ts";
import { type MeasureOptions, measureImprovementFromChange } from "./measure-improvement-from-change.ts";

const many = (count: number, told: Told): readonly Told[] => new Array<Told>(count).fill(told);
const measure = async (requests: readonly Told[], options: Partial<MeasureOptions> = {}) =>
  measureImprovementFromChange(await storeOf(requests), { ...change, ...options });

test("it is Fisher's exact test of two values, and none where a side varies or both are the same", () => {
  const side = (n: number, mean: number, sd = 0) => ({ n, mean, sd });
  // scipy.stats.fisher_exact([[6, 0], [0, 4]]).pvalue
  expect(compareConstants(side(6, 0.4), side(4, 0.8))).toBeCloseTo(0.004761904761904762, 14);
  expect(compareConstants(side(6, 0.4), side(4, 0.4))).toBeNull();
  expect(compareConstants(side(6, 0.4, 1e-20), side(4, 0.8))).toBeNull();
  expect(compareConstants(side(6, 0.4), side(4, 0.8, 0.1))).toBeNull();
});

test("a score that was always one value and is always a better one improved, if there are enough to tell", async () => {
  const from = (n: number) => [...many(n, { date: 9, score: 0.4 }), ...many(n, { date: 10, score: 0.8 })];
  const answer = await measure(from(5));
  // scipy.stats.fisher_exact([[5, 0], [0, 5]]).pvalue
  expect(answer).toMatchObject({
    verdict: "improved",
    basis: "fisher_exact",
    difference: 0.4,
    improvementPct: 100,
    p: expect.closeTo(0.007936507936507936, 14),
  });
  expect(answer).not.toHaveProperty("ci");
  expect(await measure(from(2))).toMatchObject({ verdict: "not_significant" });
  expect(await measure(from(5), { confidence: 0.995 })).toMatchObject({ verdict: "not_significant" });
});

test("when everything is thrown away that nobody threw away before, it worsened", async () => {
  const answer = await measure(
    [...many(500, { date: 9, score: 0.5 }), ...many(500, { date: 10, score: 0.5, discarded: true })],
    { metric: "discardRate" },
  );
  expect(answer).toMatchObject({
    verdict: "worsened",
    basis: "fisher_exact",
    difference: 1,
    improvementPct: null,
    feedback: { discardRate: { difference: 1, ci: [expect.any(Number), 1] } },
  });
  if (answer.verdict === "worsened" && "p" in answer) expect(answer.p).toBeLessThan(1e-290);
});

test("with labels to adjust for, a control or more looks, values that never vary leave nothing to test", async () => {
  const labels = { userCohort: "new" };
  const constant = [
    ...many(9, { date: 9, score: 0.4, labels }),
    ...many(9, { date: 10, score: 0.8, labels }),
    ...[9, 10].flatMap((date) => many(9, { date, score: 0.5, labels: { userCohort: "holdout" } })),
  ];
  const control = { label: "userCohort", value: "holdout" };
  const segment = { label: "userCohort", value: "new" };
  for (const options of [{ adjustFor: ["userCohort"] }, { looks: 3 }])
    expect(await measure(constant, { ...options, segment })).toMatchObject({
      verdict: "no_variation",
      difference: 0.4,
    });
  expect(await measure(constant, { control })).toMatchObject({ verdict: "no_variation", difference: 0.4 });
  expect(await measure(constant, { segment, since: day(9) })).toMatchObject({ verdict: "improved" });
});
