import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { hajekMean } from "../stats/hajek-mean.ts";
import { randomSource } from "../stats/random-source.ts";
import { trimWeights } from "../stats/trim-weights.ts";
import { weightFinder } from "./cell-weights.ts";
import {
  type FeedbackWeights,
  type WeightOptions,
  weightFeedbackForBalance,
} from "./weight-feedback-for-balance.ts";

/** Requests with these labels, of which the first have these ratings. */
interface Cell {
  readonly cohort?: string;
  readonly plan?: string;
  readonly requests: number;
  readonly ratings: readonly number[];
}

const storeOf = async (cells: readonly Cell[]) => {
  const store = memoryStore();
  for (const [group, { cohort, plan, requests, ratings }] of cells.entries()) {
    const idOf = (at: number) => `req-${group}-${at}`;
    const metadata = {
      ...(cohort !== undefined && { userCohort: cohort }),
      ...(plan !== undefined && { plan }),
    };
    await recordEvaluation(
      store,
      Array.from({ length: requests }, (_, at) => ({ requestId: idOf(at), metadata })),
    );
    await recordFeedback(
      store,
      ratings.map((value, at) => ({ type: "explicit_rating" as const, value, requestId: idOf(at) })),
    );
  }
  return store;
};

const fives = (count: number, value = 5) => new Array<number>(count).fill(value);

const weighed = async (cells: readonly Cell[], options?: WeightOptions) => {
  const answer = await weightFeedbackForBalance(await storeOf(cells), options);
  if (!("cells" in answer)) throw new Error(answer.verdict);
  return answer;
};

const twoCohorts: readonly Cell[] = [
  { cohort: "free", requests: 900, ratings: [...fives(15, 2), ...fives(15, 4)] },
  { cohort: "pro", requests: 100, ratings: [...fives(10, 3), ...fives(60, 5)] },
];

test("each cohort counts for what it has of all requests, and weights are 1 on average", async () => {
  const answer = await weighed(twoCohorts, { trim: false });
  expect(answer).toMatchObject({
    verdict: "weighted",
    by: ["userCohort"],
    method: "post_stratification",
    n: 100,
    trimmed: 0,
    pooled: [],
    outsidePopulation: 0,
    assumes: "missing_at_random_within_cells",
  });
  // 0.9 * 100 / 30 and 0.1 * 100 / 70
  expect(
    answer.cells.map(({ labels, population, respondents }) => [labels, population, respondents]),
  ).toEqual([
    [["free"], 900, 30],
    [["pro"], 100, 70],
  ]);
  expect(answer.cells[0]!.weight).toBeCloseTo(3, 12);
  expect(answer.cells[1]!.weight).toBeCloseTo(1 / 7, 12);
  expect(answer.humanScore.unweighted.mean).toBeCloseTo((30 * 3 + 30 + 300) / 100, 12);
  expect(answer.humanScore.weighted.mean).toBeCloseTo(0.9 * 3 + 0.1 * (33 / 7), 12);
  // (Σw)^2 / Σw^2 = 100^2 / (30 * 9 + 70 / 49)
  expect(answer.spread.after.effectiveSize).toBeCloseTo(10_000 / (270 + 70 / 49), 9);
  expect(answer.spread.after.designEffect).toBeCloseTo((270 + 70 / 49) / 100, 9);
});

test("for one label, all methods are the same", async () => {
  const weightsBy = async (method: FeedbackWeights["method"]) =>
    (await weighed(twoCohorts, { method, trim: false })).cells.map(({ weight }) => weight);
  const [first, ...others] = await Promise.all(
    (["post_stratification", "raking", "inverse_rate"] as const).map(weightsBy),
  );
  for (const other of others) expect(other).toEqual(first!.map((weight) => expect.closeTo(weight, 9)));
});

test("an answer finds the weight of a request by its labels", async () => {
  const answer = await weighed(twoCohorts, { trim: false });
  const weightOf = weightFinder(answer);
  expect(weightOf(["free"])).toBe(answer.cells[0]!.weight);
  expect(weightOf(["nobody"])).toBeUndefined();
});

test("weights beyond the cap are cut as trimWeights cuts them, with the spread before and after", async () => {
  const cells = [...twoCohorts, { cohort: "rare", requests: 1_000, ratings: fives(10, 1) }];
  const cut = await weighed(cells, { trim: 2 });
  const whole = await weighed(cells, { trim: false });
  const rows = whole.cells.flatMap(({ weight, respondents }) => new Array<number>(respondents).fill(weight));
  const expected = trimWeights(rows, { cap: 2 });
  expect(cut.trimmed).toBe(expected.trimmed);
  expect(cut.spread.before.effectiveSize).toBeCloseTo(expected.before.effectiveSize!, 9);
  expect(cut.spread.after.effectiveSize).toBeCloseTo(expected.after.effectiveSize!, 9);
  expect(cut.spread.after.maxWeight).toBeCloseTo(expected.after.max!, 9);
  expect(cut.cells.map(({ untrimmedWeight }) => untrimmedWeight)).toEqual(
    whole.cells.map(({ weight }) => weight),
  );
  expect(cut.spread.after.effectiveSize).toBeGreaterThan(cut.spread.before.effectiveSize);
  // Trimmed weights meet no margin, so that the error is that of given weights.
  const values = cells.flatMap(({ ratings }) => [...ratings]);
  const { mean, standardError } = hajekMean(values, expected.weights);
  expect(cut.humanScore.weighted.mean).toBeCloseTo(mean!, 9);
  expect(cut.humanScore.weighted.standardError).toBeCloseTo(standardError!, 9);
});

test("small and empty cells share a weight and are named; they and requests without a label are cells, too", async () => {
  const answer = await weighed(
    [
      ...twoCohorts,
      { cohort: "empty", requests: 50, ratings: [] },
      { cohort: "small", requests: 50, ratings: fives(4) },
      { requests: 400, ratings: fives(16) },
    ],
    { trim: false },
  );
  // Empty and small have 4 together, so that the next smallest, which has no label, joins them.
  expect(answer.pooled).toEqual([
    { by: ["userCohort"], labels: ["empty"], population: 50, respondents: 0 },
    { by: ["userCohort"], labels: ["small"], population: 50, respondents: 4 },
    { by: ["userCohort"], labels: [undefined], population: 400, respondents: 16 },
  ]);
  expect(answer.cells.map(({ labels }) => labels[0])).toEqual(["free", "pro", "small", undefined]);
  const [free, , small, unlabelled] = answer.cells;
  expect(small!.weight).toBe(unlabelled!.weight);
  // 500 of 1,500 requests for 20 of 120 answers; 900 for 30
  expect(small!.weight).toBeCloseTo(2, 12);
  expect(free!.weight).toBeCloseTo(2.4, 12);
});

test("by two labels, raking meets both margins, and inverse rates multiply", async () => {
  const cells = [
    { cohort: "free", plan: "a", requests: 300, ratings: fives(10) },
    { cohort: "free", plan: "b", requests: 100, ratings: fives(20) },
    { cohort: "pro", plan: "a", requests: 200, ratings: fives(40) },
    { cohort: "pro", plan: "b", requests: 400, ratings: fives(10) },
  ];
  const by = ["userCohort", "plan"];
  const raked = await weighed(cells, { by, method: "raking", trim: false });
  const sumWhere = (label: number, value: string) =>
    raked.cells
      .filter(({ labels }) => labels[label] === value)
      .reduce((sum, { weight, respondents }) => sum + weight * respondents, 0);
  expect(sumWhere(0, "free") / 80).toBeCloseTo(0.4, 9);
  expect(sumWhere(1, "a") / 80).toBeCloseTo(0.5, 9);

  const inverse = await weighed(cells, { by, method: "inverse_rate", trim: false });
  // 400 of the free for 30 answers, 500 of plan a for 50; 600 of the pro for 50, 500 of plan b for 30
  const ratio = ((400 / 30) * (500 / 50)) / ((600 / 50) * (500 / 30));
  expect(inverse.cells[0]!.weight / inverse.cells[3]!.weight).toBeCloseTo(ratio, 12);

  const joint = await weighed(cells, { by, trim: false });
  for (const { weight, population, respondents } of joint.cells)
    expect(weight).toBeCloseTo((population / 1_000) * (80 / respondents), 12);
});

test("a known population takes the place of the requests", async () => {
  const known = await weighed(twoCohorts, {
    trim: false,
    population: { userCohort: { free: 0.5, pro: 0.5 } },
  });
  expect(known.cells.map(({ weight }) => weight)).toEqual([
    expect.closeTo(50 / 30, 12),
    expect.closeTo(50 / 70, 12),
  ]);
  const withoutPro = await weighed([...twoCohorts, { cohort: "team", requests: 9, ratings: fives(9) }], {
    population: { userCohort: { free: 3, team: 1, nobody: 1 } },
    trim: false,
  });
  expect(withoutPro.pooled.map(({ labels }) => labels[0])).toEqual(["nobody", "team"]);
  expect(withoutPro).toMatchObject({ n: 39, outsidePopulation: 70 });
  expect(withoutPro.cells.map(({ labels, weight }) => [labels[0], weight])).toEqual([
    ["free", expect.closeTo((3 / 5) * (39 / 30), 12)],
    ["team", expect.closeTo((2 / 5) * (39 / 9), 12)],
  ]);
});

test("one cell, contradicting margins and too few answers are verdicts", async () => {
  const one = await weighed([{ cohort: "free", requests: 30, ratings: fives(6) }]);
  expect(one).toMatchObject({
    verdict: "nothing_to_weight",
    cells: [{ weight: 1 }],
    humanScore: { weighted: { mean: 5, standardError: null, reason: "constant" } },
  });
  const pooled = await weighed([
    { cohort: "a", requests: 30, ratings: fives(3) },
    { cohort: "b", requests: 90, ratings: fives(3) },
  ]);
  expect(pooled).toMatchObject({ verdict: "nothing_to_weight", cells: [{ weight: 1 }, { weight: 1 }] });

  const few = await storeOf([{ cohort: "free", requests: 30, ratings: fives(4) }]);
  expect(await weightFeedbackForBalance(few)).toMatchObject({
    verdict: "not_enough_data",
    needed: 5,
    have: 4,
  });
  expect(await weightFeedbackForBalance(few, { smallestCell: 4 })).toMatchObject({
    verdict: "nothing_to_weight",
  });

  const tied = await storeOf([
    { cohort: "a", plan: "a", requests: 10, ratings: fives(10) },
    { cohort: "b", plan: "b", requests: 10, ratings: fives(10) },
  ]);
  const population = { userCohort: { a: 0.5, b: 0.5 }, plan: { a: 0.1, b: 0.9 } };
  expect(
    await weightFeedbackForBalance(tied, { by: ["userCohort", "plan"], method: "raking", population }),
  ).toMatchObject({ verdict: "not_converged" });
});

test("feedback that depends on the cohort is corrected to within a point", async () => {
  const random = randomSource(3);
  const rates = { free: 0.03, pro: 0.3, team: 0.1 };
  const liked = { free: 0.5, pro: 0.9, team: 0.7 };
  const cells = (["free", "pro", "team"] as const).map((cohort) => {
    const requests = 4_000;
    const ratings = Array.from({ length: requests * rates[cohort] }, () =>
      random() < liked[cohort] ? 5 : 1,
    );
    return { cohort, requests, ratings };
  });
  const { humanScore } = await weighed(cells, { trim: false });
  const truth = 1 + 4 * 0.7;
  expect(humanScore.unweighted.mean! - truth).toBeGreaterThan(0.3);
  expect(Math.abs(humanScore.weighted.mean! - truth)).toBeLessThan(2 * humanScore.weighted.standardError!);
});

test("options that are none are refused", async () => {
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  const store = memoryStore();
  const both = ["userCohort", "plan"];
  for (const options of [
    { by: [] },
    { by: ["plan", "plan"] },
    { method: "ipw" as "raking" },
    { trim: 0.5 },
    { smallestCell: 0 },
    { confidence: 0 },
    { population: { plan: { a: 1 } } },
    { population: { userCohort: { a: -1 } } },
    { population: { userCohort: {} } },
    { by: both, population: { plan: { a: 1 } } },
  ])
    await expect(weightFeedbackForBalance(store, options)).rejects.toThrow(refused);
});
