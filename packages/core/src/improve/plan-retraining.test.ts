import { describe, expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { judgedWorld, overpraising } from "./evaluator/fixtures/judged-world.ts";
import { type PlanOptions, planRetraining } from "./plan-retraining.ts";
import { retrainEvaluator } from "./retrain-evaluator.ts";

const trainedAt = new Date("2026-03-10T00:00:00.000Z");
const dayMs = 86_400_000;
const daysAfter = (days: number): Date => new Date(trainedAt.getTime() + days * dayMs);

interface Labels {
  readonly good: number;
  readonly bad: number;
  /** On how many the evaluator says the opposite. */
  readonly wrong?: number;
}

/** Labels of requests from just before and from after the training. */
const storeOf = async (before: Labels, since: Labels): Promise<Store> => {
  const store = memoryStore();
  for (const [side, { good, bad, wrong = 0 }] of Object.entries({ before, since })) {
    const all = Array.from({ length: good + bad }, (_, at) => ({
      requestId: `${side}-${at}`,
      isGood: at < good,
      // Spread over both verdicts.
      isWrong: (at * wrong) % (good + bad) < wrong && wrong > 0,
    }));
    await recordEvaluation(
      store,
      all.map(({ requestId, isGood, isWrong }) => ({
        requestId,
        timestamp: side === "before" ? trainedAt : daysAfter(1),
        evalScores: { overall: isGood === isWrong ? 0.2 : 0.9 },
      })),
    );
    await recordFeedback(
      store,
      all.map(({ requestId, isGood }) => ({
        type: isGood ? ("explicit_thumbs_up" as const) : ("explicit_thumbs_down" as const),
        value: true as const,
        requestId,
      })),
    );
  }
  return store;
};

const planned = async (store: Store, days: number, options: PlanOptions = {}) => {
  const answer = await planRetraining(store, {
    lastTrainedAt: trainedAt,
    now: () => daysAfter(days),
    ...options,
  });
  if (answer.verdict === "not_enough_data") throw new Error(answer.lacking);
  return answer;
};

const older = { good: 100, bad: 50 };

describe("a training", () => {
  test.each([
    ["is due after a week, with enough new labels", { good: 40, bad: 10 }, 7, "due", 7, 7],
    ["is overdue after four weeks, with any", { good: 1, bad: 0 }, 28, "overdue", 28, 28],
  ])("%s", async (_, since, days, reason, needed, have) => {
    expect(await planned(await storeOf(older, since), days)).toMatchObject({
      verdict: "retrain",
      reasons: [{ reason, needed, have }],
      daysSince: days,
      dueAt: daysAfter(7),
    });
  });

  test.each([
    ["too_soon", { good: 40, bad: 10 }, 6.5, 7, 6.5],
    ["too_few_new_labels", { good: 39, bad: 10 }, 8, 50, 49],
    ["too_few_of_rarer_verdict", { good: 60, bad: 9 }, 8, 10, 9],
    ["too_few_new_labels", { good: 0, bad: 0 }, 40, 50, 0],
  ])("waits: %s", async (reason, since, days, needed, have) => {
    const { verdict, reasons } = await planned(await storeOf(older, since), days);
    expect(verdict).toBe("wait");
    expect(reasons[0]).toEqual({ reason, needed, have });
  });

  test("does not wait for its day where agreement has fallen, though it does for labels", async () => {
    const right = { good: 100, bad: 100, wrong: 20 };
    const fallen = { good: 50, bad: 50, wrong: 40 };
    const { verdict, reasons, agreement } = await planned(await storeOf(right, fallen), 2);
    expect(verdict).toBe("retrain");
    expect(reasons).toEqual([{ reason: "agreement_fell", needed: 0.9, have: 0.6 }]);
    expect(agreement).toMatchObject({ before: 0.9, since: 0.6, difference: expect.closeTo(-0.3, 12) });
    const few = await planned(await storeOf(right, { good: 15, bad: 15, wrong: 15 }), 2);
    expect([few.verdict, few.reasons[0]!.reason]).toEqual(["wait", "too_few_new_labels"]);
    const steady = await planned(await storeOf(right, { good: 50, bad: 50, wrong: 13 }), 2);
    expect([steady.verdict, steady.reasons[0]!.reason]).toEqual(["wait", "too_soon"]);
  });

  test("comes first where there was none", async () => {
    const answer = await planRetraining(await storeOf({ good: 0, bad: 0 }, { good: 40, bad: 10 }));
    expect(answer).toMatchObject({
      verdict: "retrain",
      reasons: [{ reason: "never_trained", needed: 50, have: 50 }],
      lastTrainedAt: null,
      daysSince: null,
      dueAt: null,
      newLabels: { n: 50, good: 40, bad: 10 },
    });
  });
});

test("an artefact says until when it was trained", async () => {
  const store = await judgedWorld(overpraising(5, 300));
  const report = await retrainEvaluator(store, { resamples: 200 });
  if (report.verdict === "not_enough_data") throw new Error(report.lacking);
  const { evaluator } = report.candidates[0]!;
  const answer = await planRetraining(store, { evaluator, now: () => new Date("2026-03-02T00:00:00.000Z") });
  expect(answer).toMatchObject({
    verdict: "wait",
    lastTrainedAt: new Date(evaluator.training.until),
    labels: { n: 300 },
    newLabels: { n: 0 },
    agreement: null,
  });
  await expect(planRetraining(store, { evaluator: "{}" })).rejects.toMatchObject({ code: "INVALID_QUERY" });
});

test("what is no label is counted by what it lacks", async () => {
  const store = await storeOf(older, { good: 1, bad: 1 });
  await recordEvaluation(store, [
    { requestId: "unscored" },
    { requestId: "neutral", evalScores: { overall: 0.5 } },
  ]);
  await recordFeedback(
    store,
    ["unscored", "neutral", "never logged"].map((requestId) => ({
      type: "explicit_rating" as const,
      value: 3,
      requestId,
    })),
  );
  const { dropped, labels } = await planned(store, 1);
  expect(dropped).toEqual({ notLogged: 1, noScore: 1, neutral: 1 });
  expect(labels).toEqual({ n: 152, good: 101, bad: 51 });
});

test.each([
  [{ good: 40, bad: 9 }, "labels", 50, 49],
  [{ good: 9, bad: 60 }, "good_labels", 10, 9],
  [{ good: 60, bad: 9 }, "bad_labels", 10, 9],
])("labels that no training would take are an answer: %j", async (since, lacking, needed, have) => {
  expect(await planRetraining(await storeOf({ good: 0, bad: 0 }, since))).toMatchObject({
    verdict: "not_enough_data",
    lacking,
    needed,
    have,
  });
});

test.each([
  ["everyDays", { everyDays: 6 }],
  ["everyDays", { everyDays: 29 }],
  ["minNewLabels", { minNewLabels: 0 }],
  ["minOfEach", { minOfEach: -1 }],
  ["humanThreshold", { humanThreshold: 0 }],
  ["evaluatorThreshold", { evaluatorThreshold: Number.NaN }],
  ["confidence", { confidence: 1 }],
  ["lastTrainedAt", { lastTrainedAt: new Date(Number.NaN) }],
  ["now", { now: () => new Date(Number.NaN) }],
])("refuses %s that means nothing", async (name, options) => {
  await expect(planRetraining(memoryStore(), options)).rejects.toMatchObject({
    code: "INVALID_QUERY",
    message: expect.stringContaining(name),
  });
});
