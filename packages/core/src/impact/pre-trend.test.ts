import { expect, test } from "vitest";
import { addValue, emptyMoments } from "../stats/moment-sums.ts";
import { change, day, storeOf } from "./fixtures/store-of.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";
import { preTrend } from "./pre-trend.ts";

/** Days before the change, as they come, with one value of each arm; undefined where an arm has none. */
const daysOf = (pairs: readonly (readonly [treated: number | undefined, control: number | undefined])[]) => {
  const sumsOf = (value: number | undefined) => {
    const sums = emptyMoments();
    if (value !== undefined) addValue(sums, value);
    return sums;
  };
  return new Map(
    pairs.map(([treated, control], at) => [
      at - pairs.length,
      { treated: sumsOf(treated), control: sumsOf(control) },
    ]),
  );
};

test("the slope of treated minus control over the days, with its interval, is SciPy's", () => {
  const { preTrend: verdict, preTrendSlope } = preTrend(
    daysOf([
      [3.1, 2],
      [3, 2.2],
      [3.6, 2.1],
      [3.4, 2.3],
      [3.9, 2.2],
      [3.7, 2.1],
    ]),
    {},
  );
  expect(verdict).toBe("parallel");
  // scipy.stats.linregress(range(6), [1.1, .8, 1.5, 1.1, 1.7, 1.6]); stderr * scipy.stats.t.ppf(.975, 4)
  expect(preTrendSlope!.perDay).toBeCloseTo(0.13714285714285715, 12);
  expect(preTrendSlope!.ci[0]).toBeCloseTo(-0.04182701919341458, 10);
  expect(preTrendSlope!.ci[1]).toBeCloseTo(0.3161127334791289, 10);
  expect(preTrendSlope!.days).toBe(6);
});

test("two that move together are parallel, however they move", () => {
  const days = daysOf([1, 5, 2, 8, 3].map((value) => [value + 1, value]));
  expect(preTrend(days, {})).toEqual({
    preTrend: "parallel",
    preTrendSlope: { perDay: 0, ci: [0, 0], days: 5 },
  });
});

test("fewer than five days that both have say nothing", () => {
  const days = daysOf([
    [1, 2],
    [2, undefined],
    [3, 3],
    [undefined, 1],
    [1, 1],
    [2, 2],
  ]);
  expect(preTrend(days, {})).toEqual({ preTrend: "unknown", preTrendSlope: null });
});

test("days are counted back from the change, and only those before it", async () => {
  const control = { label: "userCohort", value: "holdout" };
  const both = (date: number, treated: number) => [
    { date, score: treated },
    { date: date + 0.99, score: 1, labels: { userCohort: "holdout" } },
  ];
  const moved = 0.3;
  const store = await storeOf(
    [4, 5, 6, 7, 8, 9, 10, 11].flatMap((date) => both(date + moved, date < 10 ? date : 100 * date)),
  );
  const answer = await measureImprovementFromChange(store, {
    ...change,
    beforeDate: day(10 + moved),
    afterDate: day(10 + moved),
    control,
  });
  expect(answer).toMatchObject({ differenceInDifferences: { preTrend: "not_parallel" } });
  if (!("differenceInDifferences" in answer)) return;
  expect(answer.differenceInDifferences?.preTrendSlope).toMatchObject({ days: 6 });
  expect(answer.differenceInDifferences?.preTrendSlope?.perDay).toBeCloseTo(1, 12);
});
