import { describe, expect, test } from "vitest";
import type { Denominator } from "./bias/choose-denominator.ts";
import { namedIn, readmeTable } from "./fixtures/readme-table.ts";
import { asking, each, ofCohort, type Told, times } from "./fixtures/scenarios.ts";
import {
  type CorrelateOptions,
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  decidePrompt,
  estimateSatisfaction,
  explainNegativeFeedback,
  findContradictions,
  findSegments,
  identifyMiscalibratedOutputs,
  measureAgreement,
  planRetraining,
  recordFeedback,
  reportServiceLevels,
  retrainEvaluator,
  type Store,
  weightFeedbackForBalance,
} from "./index.ts";

describe("the README's table of denominators", () => {
  const denominators = {
    exposures_cover_votes: [times(9, { rating: 5, exposed: true }), times(1, { rating: 5 })],
    exposures_miss_votes: [times(9, { rating: 5, exposed: true }), times(2, { rating: 5 })],
    no_exposures: [times(9, { rating: 5 })],
    no_votes: [times(9, { exposed: true })],
    asked_for: [times(9, { rating: 5 })],
  } satisfies Record<Denominator["why"], readonly (readonly Told[])[]>;
  const reasons = readmeTable("Denominators").map(([why, used, when]) => ({
    why: namedIn(why!)[0]! as Denominator["why"],
    used: used!,
    when: when!,
  }));
  type Choice = { readonly denominator?: "exposed" | "logged" };
  type Rate = (store: Store, options: Choice) => Promise<{ readonly denominator: Denominator }>;
  const rates: readonly Rate[] = [
    computeFeedbackRateByCohort,
    weightFeedbackForBalance,
    estimateSatisfaction,
    reportServiceLevels,
  ];

  test("has a row for every reason, and no other", () => {
    expect(reasons.map(({ why }) => why).sort()).toEqual(Object.keys(denominators).sort());
  });

  test.each(reasons)("$why: $used are counted, $when", async ({ why, used }) => {
    for (const rate of rates) {
      for (const denominator of ["exposed", "logged"] as const) {
        const answer = await asking(rate, why === "asked_for" ? { denominator } : {})(...denominators[why])();
        const expected = why === "asked_for" ? denominator : namedIn(used)[0];
        expect(answer.denominator).toMatchObject({ why, used: expected });
      }
    }
  });
});

describe("the README's table of what is left out", () => {
  const complete: Told = { score: 0.9, rating: 5, labels: { topic: "a", userCohort: "new" } };
  const requests: readonly Told[] = [
    { ...complete, rating: undefined },
    { rating: 5, labels: { topic: "a" } },
    { ...complete, labels: { userCohort: "new" } },
    { ...complete, labels: { topic: "a", userCohort: "unweighted" } },
    { ...complete, rating: 3 },
    { rating: 5, unlogged: true },
  ];
  const weights = { by: ["userCohort"], cells: [{ labels: ["new"], weight: 1 }] };
  const correlateOne = (store: Store, options: CorrelateOptions) =>
    correlateFeedbackWithMetrics(store, options);
  const scored = (told: Told): Told => ({ score: 0.9, ...told });
  /** With the votes of one request flagged, and fewer labels asked for than there are. */
  const retrainWithoutOne = async (store: Store) => {
    const { items } = await store.readFeedback({ requestId: "req-65" }, { limit: 9 });
    return retrainEvaluator(store, { flagged: items, mostLabels: 62, weights });
  };
  /** With comments of a user who has not voted, of one who is undecided, and with a vote that is flagged. */
  const explainComments = async (store: Store) => {
    const comment = { type: "explicit_text_comment", value: "too long" } as const;
    await recordFeedback(store, [
      { ...comment, requestId: "req-0" },
      { ...comment, requestId: "req-6", userId: "ada" },
      { type: "explicit_thumbs_down", value: true, requestId: "req-6", userId: "ben" },
    ]);
    return explainNegativeFeedback(store, { flagged: [{ requestId: "req-6", userId: "ben" }] });
  };
  const decideByArm = async (store: Store) => {
    const { evidence } = await decidePrompt(store, { by: "arm", candidate: "new", baseline: "old" });
    return evidence;
  };
  const answers = {
    measureAgreement: asking(measureAgreement, {})(requests),
    correlateFeedbackWithMetrics: asking(correlateOne, { level: "topic", weights })(requests),
    identifyMiscalibratedOutputs: asking(identifyMiscalibratedOutputs, {})(requests),
    findSegments: asking(findSegments, { by: ["topic"], metric: "gap" })(requests),
    findContradictions: asking(findContradictions, { across: "topic" })(requests),
    reportServiceLevels: asking(reportServiceLevels, { by: "topic" })(requests),
    planRetraining: asking(planRetraining, {})(requests),
    retrainEvaluator: asking(retrainWithoutOne, {})(requests, ofCohort("new", 60, 60).map(scored)),
    explainNegativeFeedback: asking(explainComments, {})(requests, [{ by: { ada: 3, ben: 1 } }]),
    decidePrompt: asking(decideByArm, {})(
      each(9, (day) => ({ day, labels: { arm: "old" }, rating: 5 })),
      each(5, (at) => ({ day: 4 + at, labels: { arm: "new" }, rating: at === 0 ? 3 : 5 })),
    ),
  };
  const reasons = readmeTable("Left out").map(([field, counts, functions]) => ({
    field: namedIn(field!)[0]!,
    counts: counts!,
    functions: namedIn(functions!),
  }));

  test.each(Object.entries(answers))("says of %s what it counts, and nothing else", async (name, ask) => {
    const { dropped } = await ask();
    const told = reasons.filter(({ functions }) => functions.includes(name)).map(({ field }) => field);
    expect(Object.keys(dropped).sort()).toEqual(told.sort());
    for (const count of Object.values(dropped)) expect(count).toBeGreaterThan(0);
  });

  test("names no other function", () => {
    expect([...new Set(reasons.flatMap(({ functions }) => functions))].sort()).toEqual(
      Object.keys(answers).sort(),
    );
  });
});
