import { describe, expect, test } from "vitest";
import type { Denominator } from "./bias/choose-denominator.ts";
import { namedIn, readmeTable } from "./fixtures/readme-table.ts";
import { asking, type Told, times } from "./fixtures/scenarios.ts";
import {
  type CorrelateOptions,
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  estimateSatisfaction,
  findContradictions,
  findSegments,
  identifyMiscalibratedOutputs,
  measureAgreement,
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
  const answers = {
    measureAgreement: asking(measureAgreement, {})(requests),
    correlateFeedbackWithMetrics: asking(correlateOne, { level: "topic", weights })(requests),
    identifyMiscalibratedOutputs: asking(identifyMiscalibratedOutputs, {})(requests),
    findSegments: asking(findSegments, { by: ["topic"], metric: "gap" })(requests),
    findContradictions: asking(findContradictions, { across: "topic" })(requests),
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
