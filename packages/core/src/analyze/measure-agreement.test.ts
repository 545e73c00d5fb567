import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { measureAgreement } from "./measure-agreement.ts";

/** A request for each `[score, ratings of different users]`. */
const storeOf = async (requests: readonly (readonly [score: number | undefined, ...ratings: number[]])[]) => {
  const store = memoryStore();
  for (const [at, [score, ...ratings]] of requests.entries()) {
    const requestId = `req-${at}`;
    await recordEvaluation(store, {
      requestId,
      ...(score !== undefined && { evalScores: { overall: score } }),
    });
    for (const [user, value] of ratings.entries())
      await recordFeedback(store, { type: "explicit_rating", value, requestId, userId: `user-${user}` });
  }
  return store;
};

const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

// 20 both good, 5 only the evaluator, 10 only the humans, 15 both bad.
const known = [
  ...times(20, [0.9, 5] as const),
  ...times(5, [0.9, 1] as const),
  ...times(10, [0.2, 4] as const),
  ...times(15, [0.2, 2] as const),
];

test("gives the confusion matrix, and the kappa of a textbook", async () => {
  const answer = await measureAgreement(await storeOf(known));
  // Rows are humans, columns the evaluator; bad, neutral, good.
  expect(answer.confusion.table).toEqual([
    [15, 0, 5],
    [0, 0, 0],
    [10, 0, 20],
  ]);
  if (answer.verdict !== "estimated") throw new Error(answer.verdict);
  expect(answer.n).toBe(50);
  // (0.7 - 0.5) / (1 - 0.5), by hand.
  expect(answer.kappa.kappa).toBeCloseTo(0.4, 14);
  expect(answer.kappaLinear).toBeNull();
  expect(answer).toMatchObject({
    prevalence: { share: 0.6, n: 50 },
    accuracy: { share: 0.7, n: 50 },
    precision: { share: 0.8, n: 25 },
    recall: { share: 20 / 30, n: 30 },
    specificity: { share: 0.75, n: 20 },
  });
  expect(answer.accuracy!.ci[0]).toBeLessThan(0.7);
});

test("ties are told of: a human score at the threshold is neutral, an automatic one good", async () => {
  const store = await storeOf([...known, [0.7, 5], [0.7, 3], [0.1, 1, 5]]);
  const answer = await measureAgreement(store);
  expect(answer.ties).toEqual({ human: 2, neutral: "leave_out", evaluator: 2, evaluatorCountsAs: "good" });
  if (answer.verdict === "estimated") expect(answer.n).toBe(51);
  const asCategory = await measureAgreement(store, { neutral: "category" });
  if (asCategory.verdict === "estimated") expect(asCategory.n).toBe(53);
});

test("with a neutral band there are three verdicts in order, and weighted kappas", async () => {
  const store = await storeOf([...known, ...times(5, [0.5, 3] as const), ...times(5, [0.5, 5] as const)]);
  const answer = await measureAgreement(store, { evaluatorNeutral: [0.4, 0.6] });
  if (answer.verdict !== "estimated") throw new Error(answer.verdict);
  expect(answer.confusion.table).toEqual([
    [15, 0, 5],
    [0, 5, 0],
    [10, 5, 20],
  ]);
  expect(answer.n).toBe(60);
  expect(answer.kappaLinear!.kappa).toBeGreaterThan(0);
  expect(answer.kappaQuadratic!.kappa).not.toBe(answer.kappaLinear!.kappa);
});

test("the human ceiling is how far users of the same request agree, and is missing where nobody voted twice", async () => {
  expect((await measureAgreement(await storeOf(known))).humanCeiling).toMatchObject({
    verdict: "no_shared_requests",
  });
  const agreeing = known.map(([score, rating]) => [score, rating, rating] as const);
  expect((await measureAgreement(await storeOf(agreeing))).humanCeiling).toMatchObject({ alpha: 1 });
  const arguing = known.map(([score], at) => (at % 2 ? ([score, 1, 5] as const) : ([score, 5, 2] as const)));
  const answer = await measureAgreement(await storeOf([...arguing, ...known]));
  expect(answer.humanCeiling).toMatchObject({ verdict: "estimated" });
  if (answer.verdict === "estimated") expect(answer.warnings).toContain("humans_disagree");
});

test("too few verdicts, and verdicts that never differ, are answers", async () => {
  expect(await measureAgreement(memoryStore())).toMatchObject({
    verdict: "not_enough_data",
    needed: 10,
    have: 0,
  });
  expect(await measureAgreement(await storeOf(times(12, [0.9, 5] as const)))).toMatchObject({
    verdict: "no_variation",
    constant: "both",
  });
  expect(
    await measureAgreement(await storeOf([...times(6, [0.9, 5] as const), ...times(6, [0.9, 1] as const)])),
  ).toMatchObject({ verdict: "no_variation", constant: "score" });
  const store = await storeOf([...times(3, [undefined, 5] as const), ...times(2, [0.5] as const)]);
  await recordFeedback(store, { type: "explicit_rating", value: 1, requestId: "unknown" });
  expect((await measureAgreement(store)).dropped).toEqual({ noVotes: 2, noScore: 3, notLogged: 1 });
});

test("options that mean nothing are refused", async () => {
  for (const options of [
    { evaluatorNeutral: [0.6, 0.4] as const },
    { humanThreshold: Number.NaN },
    { confidence: 1 },
    { neutral: "drop" as "leave_out" },
    { alphaLevel: "ratio" as "interval" },
    { resamples: 1 },
    { seed: 1.5 },
    { evaluatorThreshold: 0.5, evaluatorNeutral: [0.4, 0.6] as const },
  ])
    await expect(measureAgreement(memoryStore(), options)).rejects.toMatchObject({ code: "INVALID_QUERY" });
});
