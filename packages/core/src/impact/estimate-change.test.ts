import { expect, test } from "vitest";
import { change, day, storeOf, type Told } from "./fixtures/store-of.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";

const control = { label: "userCohort", value: "holdout" };
const told = (date: number, userCohort: string, scores: readonly number[], topic = "a"): readonly Told[] =>
  scores.map((score) => ({ date, score, labels: { userCohort, topic } }));

const requests = [
  ...told(9, "new", [1, 2, 3, 2, 1.5]),
  ...told(10, "new", [3, 4, 5, 4.5]),
  ...told(9, "holdout", [2, 1, 3]),
  ...told(10, "holdout", [2, 2.5, 3, 3]),
];

test("what the control did over the same time is taken off, with the spread of all four groups", async () => {
  const answer = await measureImprovementFromChange(await storeOf(requests), { ...change, control });
  expect(answer).toMatchObject({
    verdict: "not_significant",
    basis: "difference_in_differences",
    before: { n: 5, mean: 1.9 },
    after: { n: 4, mean: 4.125 },
    differenceInDifferences: {
      control: { ...control, before: { n: 3, mean: 2 }, after: { n: 4, mean: 2.625 } },
      preTrend: "unknown",
      preTrendSlope: null,
      leftOut: [],
    },
  });
  // By itself, the measured group improved.
  const { ci } = answer as typeof answer & { ci: readonly [number, number] };
  expect(ci[0]).toBeGreaterThan(0);
  if (!("differenceInDifferences" in answer) || !answer.differenceInDifferences) throw new Error();
  const { difference, df, p, ci: interval } = answer.differenceInDifferences;
  // numpy means and variances; Satterthwaite over the four groups, the quantile by scipy.optimize.brentq of scipy.stats.t.sf
  expect(difference).toBeCloseTo(1.6, 12);
  expect(df).toBeCloseTo(6.59174314740617, 10);
  expect(p).toBeCloseTo(0.09663949653376877, 10);
  expect(interval![0]).toBeCloseTo(-0.3789004022316551, 10);
  expect(interval![1]).toBeCloseTo(3.578900402231655, 10);
});

test("the minimum detectable effect is that of the estimate that the verdict follows", async () => {
  const store = await storeOf(requests);
  const [plain, ofDifferences] = [
    await measureImprovementFromChange(store, { ...change, segment: { label: "userCohort", value: "new" } }),
    await measureImprovementFromChange(store, { ...change, control }),
  ];
  if (!("minimumDetectableEffect" in plain && "minimumDetectableEffect" in ofDifferences)) throw new Error();
  expect(plain.difference).toBe(ofDifferences.difference);
  // numpy: the root of the sum of all four squared standard errors, over that of two
  expect(ofDifferences.minimumDetectableEffect / plain.minimumDetectableEffect).toBeCloseTo(
    1.5285358854007802,
    10,
  );
});

test("a change of mix in the control is taken out of it, too", async () => {
  const drifting = [
    ...told(9, "new", [1, 2, 3], "a"),
    ...told(10, "new", [2, 3, 4], "a"),
    ...told(9, "holdout", [1, 2], "a"),
    ...told(9, "holdout", [7, 8, 9, 8, 7, 9], "b"),
    ...told(10, "holdout", [2, 1, 2, 1, 2, 1], "a"),
    ...told(10, "holdout", [7, 9], "b"),
    ...told(10, "holdout", [7, 9], "c"),
  ];
  const answer = await measureImprovementFromChange(await storeOf(drifting), {
    ...change,
    control,
    adjustFor: ["topic"],
  });
  expect(answer).toMatchObject({
    basis: "difference_in_differences",
    mixAdjustment: { difference: 1, leftOut: [] },
    differenceInDifferences: { difference: 1, leftOut: [{ labels: ["c"], before: 0, after: 2 }] },
  });
});

test("a control that has too few values, or no kind of request in common, leaves nothing to take off", async () => {
  const measure = async (ofControl: readonly Told[], adjustFor: readonly string[] = []) =>
    measureImprovementFromChange(
      await storeOf([...told(9, "new", [1, 2, 3]), ...told(10, "new", [2, 3, 4]), ...ofControl]),
      { ...change, control, adjustFor },
    );
  expect(await measure(told(9, "holdout", [1, 2]))).toMatchObject({
    verdict: "not_enough_data",
    needed: 2,
    have: { before: 3, after: 3, controlBefore: 2, controlAfter: 0 },
  });
  const apart = [...told(9, "holdout", [1, 2], "x"), ...told(10, "holdout", [1, 2], "y")];
  expect(await measure(apart, ["topic"])).toMatchObject({ verdict: "no_overlap", difference: 1 });
  expect(await measure(apart)).toMatchObject({ basis: "difference_in_differences" });
});

test("with more than one look, both intervals are shown, and the verdict follows the one that holds at all looks", async () => {
  const store = await storeOf([
    ...told(9, "new", [1, 2, 3, 2, 1, 3, 2, 1]),
    ...told(10, "new", [3, 4, 2, 3, 4, 3, 2, 3]),
  ]);
  const once = await measureImprovementFromChange(store, change);
  const often = await measureImprovementFromChange(store, { ...change, looks: 2 });
  expect(once).toMatchObject({ verdict: "improved", basis: "welch" });
  expect(once).not.toHaveProperty("confidenceSequence");
  if (!("ci" in once && "ci" in often) || !often.confidenceSequence) throw new Error(often.verdict);
  expect(often).toMatchObject({
    verdict: "not_significant",
    basis: "confidence_sequence",
    significant: false,
    ci: once.ci,
    confidenceSequence: { looks: 2, of: "welch", difference: once.difference },
  });
  expect(often.confidenceSequence.ci[0]).toBeLessThan(0);
  expect(often.confidenceSequence.ci[1]).toBeGreaterThan(once.ci[1]);
});

test("a confidence sequence bounds what one look would follow, for rates as means of 0 and 1", async () => {
  const store = await storeOf(requests);
  const ofLooks = async (options: object) => {
    const answer = await measureImprovementFromChange(store, { ...change, looks: 5, ...options });
    return "confidenceSequence" in answer ? answer.confidenceSequence : answer.verdict;
  };
  expect(await ofLooks({ control })).toMatchObject({ of: "difference_in_differences" });
  expect(await ofLooks({ adjustFor: ["topic"] })).toMatchObject({ of: "mix_adjusted" });
  const rated = await storeOf(
    [9, 10].flatMap((date) =>
      Array.from({ length: 200 }, (_, at) => (at % (date - 7) ? { date } : { date, rating: 4 })),
    ),
  );
  const answer = await measureImprovementFromChange(rated, { ...change, metric: "feedbackRate", looks: 9 });
  expect(answer).toMatchObject({
    basis: "confidence_sequence",
    confidenceSequence: { of: "two_proportions", difference: 67 / 200 - 0.5 },
  });
});

test("since and until bound the two periods, and a segment bounds the requests", async () => {
  const store = await storeOf([
    ...told(1, "new", [9, 9]),
    ...told(8, "new", [1, 2]),
    ...told(8, "old", [5]),
    ...told(10, "new", [3, 4, 5]),
    ...told(20, "new", [7]),
  ]);
  const bounds = { since: day(2), until: day(20) };
  expect(await measureImprovementFromChange(store, { ...change, ...bounds })).toMatchObject({
    before: { n: 3 },
    after: { n: 3, mean: 4 },
  });
  const segment = { label: "userCohort", value: "new" };
  expect(await measureImprovementFromChange(store, { ...change, ...bounds, segment })).toMatchObject({
    before: { n: 2, mean: 1.5 },
    feedback: { feedbackRate: { before: { n: 2 }, after: { n: 3 } } },
  });
});
