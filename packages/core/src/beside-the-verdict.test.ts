import { describe, expect, test } from "vitest";
import { namedIn, readmeTable } from "./fixtures/readme-table.ts";
import {
  asking,
  dayOf,
  each,
  inTurns,
  ofCohort,
  type Scenarios,
  type Told,
  times,
} from "./fixtures/scenarios.ts";
import {
  type Acknowledgements,
  type Agreement,
  type Anomalies,
  type AnomalyOptions,
  type CorrelateOptions,
  compareJudges,
  composeAcknowledgements,
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  type DecideOptions,
  type DecisionReason,
  decidePrompt,
  detectDrift,
  estimateSatisfaction,
  explainNegativeFeedback,
  type FeedbackCorrelation,
  type FeedbackRateByCohort,
  findSegments,
  flagAnomalousRequests,
  flagSuspiciousFeedback,
  type Improvement,
  measureAgreement,
  measureImprovementFromChange,
  type PlanOptions,
  type PlanReason,
  type PromptDecision,
  planRetraining,
  type Retraining,
  type RetrainOptions,
  recordChange,
  recordEvaluation,
  recordFeedback,
  reportServiceLevels,
  retrainEvaluator,
  type Satisfaction,
  type Store,
  type SuspicionReason,
  type SuspiciousFeedback,
  type UserOutOfLine,
  weightFeedbackForBalance,
} from "./index.ts";

// As for the verdicts: the types ask for a scenario of every value, the tests for a row of the README, and for an answer
// that bears it out.

type With<Answer, Verdict> = Extract<Answer, { readonly verdict: Verdict }>;
type Estimated<Answer> = With<Answer, "estimated">;
type Checks = With<SuspiciousFeedback, "none_found">["checks"];

const score = 0.9;
const judged = (count: number): readonly Told[] =>
  each(count, (at) => ({ score: inTurns(at, 0.9, 0.1), rating: inTurns(at, 5, 1) }));
const byBoth = (first: number, second: number): Told => ({ by: { first, second } });
/** So many users, each of whom votes on two requests. */
const byTwice = (users: number, told: (user: number) => { score: number; rating: number }) =>
  each(2 * users, (at) => {
    const { rating, ...own } = told(at % users);
    return { ...own, by: { [`user-${at % users}`]: rating } };
  });
/** Audits of every fourth request of 400, three in five of which are good; votes as told. */
const audited = (rate: (isGood: boolean, at: number) => boolean): readonly Told[] =>
  each(400, (at) => {
    const isGood = at % 5 < 3;
    return {
      ...(at % 4 === 0 && { audit: Number(isGood) }),
      ...(rate(isGood, at) && { rating: isGood ? 5 : 1 }),
    };
  });
const scored = (from: number, rating?: number): readonly Told[] =>
  each(20, (at) => ({ score: from + at / 100, rating }));

type Labels = Readonly<Record<string, string>>;
const on = (day: number, labels: Labels, ...scores: readonly number[]): readonly Told[] =>
  scores.map((own) => ({ day, score: own, labels }));
const changed = [on(9, {}, 0.4, 0.5), on(10, {}, 0.8, 0.9)] as const;
const ofControl = [
  ...changed,
  on(9, { plan: "free" }, 0.4, 0.5),
  on(10, { plan: "free" }, 0.4, 0.5),
] as const;
/** Two requests a day up to the tenth, of which the measured ones rise by so much a day, and two of a level control. */
const rising = (perDay: number): readonly Told[] =>
  each(22, (at) => ({ day: at % 11, score: perDay * (at % 11) + inTurns(at, 0.1, 0) }));
const level = each(22, (at) => ({ day: at % 11, score: 0.5, labels: { plan: "free" } }));

/** An arm of a trial from one day on, at ten requests a day, with a share of good votes. */
const armOf = (arm: string, votes: number, share: number, more: Told = {}): readonly Told[] =>
  each(votes, (at) => ({
    rating: at % 10 < 10 * share ? 5 : 1,
    ...more,
    day: (more.day ?? 0) + Math.floor(at / 10),
    labels: { arm, ...more.labels },
  }));
const decide = (options: Partial<DecideOptions>, ...arms: readonly (readonly Told[])[]) =>
  asking(decidePrompt, { by: "arm", candidate: "new", baseline: "old", ...options })(...arms);
const worse = [armOf("new", 300, 0.5), armOf("old", 300, 0.8)] as const;
/** Users who vote on many requests of the candidate, or a crowd that votes it down. */
const byUsers = (count: number, rating: number): readonly Told[] =>
  each(300, (at) => ({
    day: Math.floor(at / 10),
    labels: { arm: "new" },
    by: { [`user-${at % count}`]: rating },
  }));
const inTopics = (arm: string, shares: Readonly<Record<string, number>>): readonly Told[] =>
  Object.entries(shares).flatMap(([topic, share], at) =>
    armOf(arm, at === 0 ? 600 : 200, share, { labels: { topic } }),
  );

/** Ten users, who find things middling. */
const crowd = Object.fromEntries(each(10, () => ({})).map((_, at) => [`user-${at}`, 3]));
const spam = async (store: Store) => {
  const value = "Never trust this assistant, it made everything up";
  const of = (at: number) =>
    ({ type: "explicit_text_comment", value, userId: "ada", requestId: `req-${at}` }) as const;
  await recordFeedback(store, [0, 1, 2, 3, 4].map(of));
  return flagSuspiciousFeedback(store);
};
/** What is found where a thousand requests came with the same prompt, and five with others. */
const ask = async (store: Store, options: AnomalyOptions) => {
  const promptOf = (at: number): string =>
    at < 1_000 ? "Where is my refund?" : `Ignore ${"x".repeat(at - 990)}`;
  await recordEvaluation(
    store,
    each(1_005, () => ({})).map((_, at) => ({
      requestId: `req-${at}`,
      timestamp: dayOf(1),
      prompt: promptOf(at),
    })),
  );
  return flagAnomalousRequests(store, options);
};

const correlateOne = (store: Store, options: CorrelateOptions) =>
  correlateFeedbackWithMetrics(store, options);
const change = { change: "prompt v2", beforeDate: dayOf(10), afterDate: dayOf(10) };
const control = { label: "plan", value: "free" };
const segment = { label: "topic", value: "refunds" };

const agree = asking(measureAgreement, {});
const correlate = asking(correlateOne, {});
const feedbackRate = asking(computeFeedbackRateByCohort, {});
const weigh = asking(weightFeedbackForBalance, {});
const satisfaction = asking(estimateSatisfaction, {});
const suspicious = asking(flagSuspiciousFeedback, {});
const improvement = asking(measureImprovementFromChange, change);
const besideControl = asking(measureImprovementFromChange, { ...change, control });
/** Scores of before a change and of after it. */
const changedTo = (scores: readonly number[], later: readonly number[]): readonly Told[] => [
  ...on(9, { topic: "refunds" }, ...scores),
  ...on(10, { topic: "refunds" }, ...later),
];
const acknowledge = async (store: Store, chosen: { readonly segment?: typeof segment }) => {
  await recordChange(store, { change: "prompt v2", timestamp: dayOf(10), ...chosen });
  return composeAcknowledgements(store, { change: "prompt v2" });
};
const acknowledged = asking(acknowledge, {});
const ofChosen = asking(measureImprovementFromChange, { ...change, segment, chosenFor: segment });

const plan = (now: number, options: PlanOptions = {}) =>
  asking(planRetraining, { lastTrainedAt: dayOf(1), now: () => dayOf(now), ...options });
/** Good and bad in turns, as the evaluator says or the opposite. */
const inTwos = (day: number, isRight: boolean): readonly Told[] =>
  each(50, (at) => ({
    day,
    score: inTurns(at, 0.9, 0.1),
    rating: inTurns(at, isRight ? 5 : 1, isRight ? 1 : 5),
  }));
const retrain = (options: RetrainOptions) => asking(retrainEvaluator, { resamples: 200, ...options });
type GateReasons = Extract<Retraining, { chosen: unknown }>["reasons"][number];
/** An evaluator that is the wrong way round. */
const inverted = (count: number, told: (at: number) => Told = () => ({})): readonly Told[] =>
  each(count, (at) => ({ score: inTurns(at, 0.9, 0.1), rating: inTurns(at, 1, 5), ...told(at) }));
/** Scores of 75 and 25 % that are right: so many of these outputs are good. */
const calibrated = each(400, (at) => ({
  score: inTurns(at, 0.75, 0.25),
  rating: at % 8 < 2 === (at % 2 === 0) ? 1 : 5,
}));
/** Scores that say something, and thresholds that happen to suit the held-out outputs. */
const noisy = each(200, (at) => {
  const score = ((at * 37) % 101) / 100;
  return { score, rating: score + ((at * 53) % 97) / 97 > 1 ? 5 : 1 };
});

const flags = {
  measureAgreement: {
    constant: {
      humanScore: agree(judged(10).map((told) => ({ ...told, rating: 5 }))),
      score: agree(judged(10).map((told) => ({ ...told, score }))),
      both: agree(times(10, { score, rating: 5 })),
    } satisfies Scenarios<With<Agreement, "no_variation">["constant"]>,
    "humanCeiling.verdict": {
      estimated: agree([byBoth(5, 1)]),
      no_shared_requests: agree([{ by: { first: 5 } }, { by: { first: 1 } }, { by: { second: 1 } }]),
      no_variation: agree([byBoth(5, 5)]),
    } satisfies Scenarios<Agreement["humanCeiling"]["verdict"]>,
    warnings: {
      at_human_ceiling: agree(judged(10), [byBoth(5, 5), byBoth(1, 1)]),
      humans_disagree: agree(judged(10), [byBoth(5, 1), byBoth(1, 5)]),
    } satisfies Scenarios<Estimated<Agreement>["warnings"][number]>,
  },
  correlateFeedbackWithMetrics: {
    constant: {
      humanScore: correlate(each(4, (at) => ({ score: at, rating: 5 }))),
      score: correlate(each(4, (at) => ({ score, rating: 1 + at }))),
      both: correlate(times(4, { score, rating: 5 })),
    } satisfies Scenarios<With<FeedbackCorrelation, "no_variation">["constant"]>,
    clustered: { null: correlate(each(4, (at) => ({ score: at, rating: 1 + at }))) },
    "clustered.reason": {
      too_few_clusters: correlate(byTwice(19, (user) => ({ score: user, rating: 1 + (user % 5) }))),
      often_undefined: correlate(
        byTwice(20, (user) => ({ score: Number(user < 2), rating: 1 + (user % 5) })),
      ),
      no_spread: correlate(byTwice(20, (user) => ({ score: user % 2, rating: inTurns(user, 1, 5) }))),
    } satisfies Scenarios<NonNullable<NonNullable<Estimated<FeedbackCorrelation>["clustered"]>["reason"]>>,
  },
  retrainEvaluator: {
    reasons: {
      no_gain: retrain({})(calibrated),
      knows_nothing: retrain({})(
        each(100, (at) => ({ score: inTurns(at, 0.9, 0.1), rating: at % 4 < 2 ? 1 : 5 })),
      ),
      verdicts_no_better: retrain({ evaluatorThreshold: 0.54 })(noisy),
      segment_falls: retrain({ guard: ["topic"], guardSmallest: 5 })(
        inverted(150, () => ({ labels: { topic: "many" } })),
        judged(50).map((told) => ({ ...told, labels: { topic: "few" } })),
      ),
      too_few_groups: retrain({})(
        inverted(100, (at) => ({ rating: undefined, by: { [`u${at >> 3}`]: inTurns(at, 1, 5) } })),
      ),
      no_candidate: retrain({ groupBy: ["topic"] })(
        times(40, { score, rating: 5, labels: { topic: "good" } }),
        judged(40).map((told) => ({ ...told, labels: { topic: "mixed" } })),
      ),
    } satisfies Scenarios<GateReasons>,
    "present.inverted": { true: retrain({})(inverted(100)) },
    "grouping.notSeparated": {
      "not empty": retrain({})(inverted(60, (at) => ({ rating: undefined, by: { ada: inTurns(at, 1, 5) } }))),
    },
  },
  planRetraining: {
    "reasons.0.reason": {
      never_trained: plan(9, { lastTrainedAt: undefined })(inTwos(2, true)),
      due: plan(8)(inTwos(2, true)),
      overdue: plan(29)(inTwos(0, true), [{ day: 2, score, rating: 5 }]),
      agreement_fell: plan(3)(inTwos(0, true), inTwos(2, false)),
      too_soon: plan(3)(inTwos(0, true), inTwos(2, true)),
      too_few_new_labels: plan(8)(inTwos(0, true)),
      too_few_of_rarer_verdict: plan(8)(inTwos(0, true), times(50, { day: 2, score, rating: 5 })),
    } satisfies Scenarios<PlanReason["reason"]>,
    agreement: { null: plan(8)(inTwos(2, true)) },
  },
  compareJudges: {
    "judges.0.curve": {
      null: asking(compareJudges, { judges: { constant: () => 1 }, resamples: 200 })(calibrated),
    },
  },
  findSegments: {
    skipped: {
      "not empty": asking(findSegments, { by: ["serial"] })(
        each(1_001, (at) => ({ labels: { serial: `${at}` }, rating: 5 })),
      ),
    },
  },
  computeFeedbackRateByCohort: {
    "overall.againstTarget": {
      below: feedbackRate(ofCohort("new", 400, 4)),
      within: feedbackRate(ofCohort("new", 900, 70)),
      above: feedbackRate(ofCohort("new", 400, 90)),
      unclear: feedbackRate(ofCohort("new", 400, 28)),
    } satisfies Scenarios<With<FeedbackRateByCohort, "skewed">["overall"]["againstTarget"]>,
  },
  weightFeedbackForBalance: {
    pooled: { "not empty": weigh(ofCohort("new", 90, 5), ofCohort("old", 9, 4)) },
    trimmed: { "above 0": weigh(ofCohort("new", 900, 5), ofCohort("old", 90, 20)) },
    outsidePopulation: {
      "above 0": asking(weightFeedbackForBalance, { population: { userCohort: { new: 1 } } })(
        ofCohort("new", 90, 5),
        ofCohort("old", 9, 1),
      ),
    },
  },
  estimateSatisfaction: {
    "estimate.assumes": {
      audits_are_a_random_sample: satisfaction(times(5, { audit: 1 }), times(5, { rating: 5 })),
      missing_at_random_within_cells: satisfaction(ofCohort("new", 90, 5), ofCohort("old", 9, 5)),
      missing_completely_at_random: satisfaction(ofCohort("new", 90, 5)),
    } satisfies Scenarios<Estimated<Satisfaction>["estimate"]["assumes"]>,
    unavailable: {
      too_few_verdicts: satisfaction(times(5, { audit: 1 }), times(4, { rating: 5 })),
      too_few_audits: satisfaction(times(29, { audit: 1 })),
      one_cell: satisfaction(ofCohort("new", 90, 5)),
      audits_not_random: satisfaction(times(30, { rating: 1, audit: 0 }), times(300, {})),
      scores_do_not_help: satisfaction(times(30, { audit: 1 })),
    } satisfies Scenarios<NonNullable<Estimated<Satisfaction>["unavailable"]["ppi"]>>,
    againstTarget: {
      above: satisfaction(times(50, { rating: 5 })),
      below: satisfaction(times(50, { rating: 1 })),
      unclear: satisfaction(times(25, { rating: 5 }), times(25, { rating: 1 })),
    } satisfies Scenarios<Estimated<Satisfaction>["againstTarget"]>,
    "tippingPoint.silentShare": { null: satisfaction(times(9, { rating: 5 }), times(8, {})) },
    "outcomeDependence.verdict": {
      detected: satisfaction(audited((isGood, at) => !isGood || at % 7 === 0)),
      not_detected: satisfaction(audited((_, at) => at % 7 === 0)),
      suspected: satisfaction(scored(0.1, 1), scored(0.6)),
      no_sign: satisfaction(scored(0.1, 1), scored(0.1)),
      unknown: satisfaction(times(20, { rating: 5 }), times(20, {})),
    } satisfies Scenarios<Estimated<Satisfaction>["outcomeDependence"]["verdict"]>,
  },
  flagSuspiciousFeedback: {
    "feedback.0.reasons": {
      near_duplicate_burst: asking(spam, {})(times(5, {})),
      machine_speed: suspicious(times(5, { by: { ada: 5 } })),
      out_of_line: suspicious(times(20, { by: { ...crowd, odd: 1 } })),
    } satisfies Scenarios<SuspicionReason>,
    "users.0.way": {
      contrary: suspicious(
        each(20, (at) => ({
          by: {
            ...Object.fromEntries(Object.keys(crowd).map((name) => [name, inTurns(at, 5, 1)])),
            odd: inTurns(at, 1, 5),
          },
        })),
      ),
      harsher: suspicious(times(20, { by: { ...crowd, odd: 1 } })),
      kinder: suspicious(times(20, { by: { ...crowd, odd: 5 } })),
    } satisfies Scenarios<UserOutOfLine["way"]>,
    "checks.outOfLine.verdict": {
      judged: suspicious(times(20, { by: crowd })),
      too_few_users: suspicious(times(19, { by: crowd })),
    } satisfies Scenarios<Checks["outOfLine"]["verdict"]>,
    "checks.machineSpeed.verdict": {
      judged: suspicious(times(5, { by: { ada: 5 } })),
      unusable_times: suspicious(times(5, { by: crowd })),
    } satisfies Scenarios<Checks["machineSpeed"]["verdict"]>,
  },
  flagAnomalousRequests: {
    signal: {
      weak_lexical: asking(ask, {})(times(100, { rating: 1 })),
      embedder: asking(ask, { embed: async (texts) => texts.map(() => [1, 0]) })(times(100, { rating: 1 })),
    } satisfies Scenarios<Anomalies["signal"]>,
    moreThanOrdinary: {
      true: asking(ask, {})(times(1_000, {}), times(5, { rating: 1 })),
    },
  },
  measureImprovementFromChange: {
    basis: {
      welch: improvement(...changed),
      two_proportions: asking(measureImprovementFromChange, { ...change, metric: "feedbackRate" })(
        ...changed,
      ),
      mix_adjusted: asking(measureImprovementFromChange, { ...change, adjustFor: ["topic"] })(...changed),
      difference_in_differences: besideControl(...ofControl),
      confidence_sequence: asking(measureImprovementFromChange, { ...change, looks: 2 })(...changed),
      fisher_exact: improvement(on(9, {}, 0.4, 0.4), on(10, {}, 0.8, 0.8)),
    } satisfies Scenarios<With<Improvement, "no_variation">["basis"]>,
    "mixAdjustment.leftOut": {
      "not empty": asking(measureImprovementFromChange, { ...change, adjustFor: ["topic"] })(
        ...changed,
        on(10, { topic: "new" }, 0.7, 0.8, 0.9),
      ),
    },
    "differenceInDifferences.preTrend": {
      parallel: besideControl(rising(0), level),
      not_parallel: besideControl(rising(1), level),
      unknown: besideControl(...ofControl),
    } satisfies Scenarios<
      NonNullable<With<Improvement, "no_variation">["differenceInDifferences"]>["preTrend"]
    >,
    regressionToTheMean: {
      true: ofChosen(on(9, { topic: "refunds" }, 0.1, 0.2), on(10, { topic: "refunds" }, 0.3, 0.4)),
    },
    expectedRegression: {
      null: ofChosen(
        on(9, { topic: "refunds" }, 0.1, 0.2),
        on(9, { topic: "greetings" }, 0.8, 0.9),
        on(10, { topic: "refunds" }, 0.3, 0.4),
      ),
    },
    "feedback.humanScore.reason": {
      too_few: improvement(...changed),
      constant: improvement(times(2, { day: 9, rating: 1 }), times(2, { day: 10, rating: 5 })),
    } satisfies Scenarios<NonNullable<Improvement["feedback"]["humanScore"]["reason"]>>,
  },
  composeAcknowledgements: {
    "changes.0.effects.score.claim": {
      improved: acknowledged(changedTo([1, 2, 1, 2], [4, 5, 4, 5])),
      worsened: acknowledged(changedTo([4, 5, 4, 5], [1, 2, 1, 2])),
      may_come_by_itself: asking(acknowledge, { segment })(changedTo([1, 2, 1, 2], [4, 5, 4, 5])),
      no_clear_change: acknowledged(changedTo([1, 5, 1, 5], [1, 5, 1, 5])),
      not_measured: acknowledged(changedTo([1, 2, 1, 2], [5])),
    } satisfies Scenarios<With<Acknowledgements, "composed">["changes"][number]["effects"]["score"]["claim"]>,
  },
  reportServiceLevels: {
    "rows.0.resolution.medianMs": { null: asking(reportServiceLevels, {})([{ rating: 1 }]) },
    "rows.0.satisfaction": { null: asking(reportServiceLevels, {})(times(4, { rating: 5 })) },
  },
  explainNegativeFeedback: {
    skipped: {
      "not empty": asking(explainNegativeFeedback, { by: ["serial"], smallest: 2 })(
        each(1_001, (at) => ({ labels: { serial: `${at}` }, rating: 1 })),
      ),
    },
  },
  decidePrompt: {
    reasons: {
      votes_worse: decide({}, ...worse),
      guard_worse: decide(
        { guards: ["overall"] },
        each(100, (at) => ({ labels: { arm: "new" }, score: inTurns(at, 0.3, 0.4) })),
        each(100, (at) => ({ labels: { arm: "old" }, score: inTurns(at, 0.6, 0.7) })),
      ),
      within_margin: decide({}, armOf("new", 300, 0.8), armOf("old", 300, 0.5)),
      undecided: decide({}, armOf("new", 300, 0.8), armOf("old", 300, 0.8)),
      too_few_votes: decide({}, armOf("new", 99, 0), armOf("old", 99, 1)),
      too_few_users: decide({}, byUsers(19, 1), armOf("old", 300, 1)),
      sample_ratio_mismatch: decide(
        {},
        armOf("new", 300, 0.5),
        armOf("old", 300, 0.8),
        armOf("old", 300, 0.8),
      ),
      not_concurrent: decide({}, armOf("new", 300, 0.5, { day: 30 }), armOf("old", 300, 0.8)),
      not_randomised: decide({ randomised: false }, ...worse),
      flagged_votes_decide: decide(
        { flagged: Array.from({ length: 60 }, (_, at) => ({ userId: `user-${at}` })) },
        armOf("new", 300, 0.8),
        armOf("old", 300, 0.8),
        armOf("old", 300, 0.8),
        byUsers(60, 1),
      ),
      slices_disagree: decide(
        { slices: ["topic"] },
        inTopics("new", { bills: 0.4, parts: 0.9 }),
        inTopics("old", { bills: 0.8, parts: 0.3 }),
      ),
    } satisfies Scenarios<DecisionReason>,
    "evidence.design": {
      concurrent: decide({}, ...worse),
      overlap: decide({}, armOf("new", 300, 0.5, { day: 30 }), armOf("old", 600, 0.8)),
      observational: decide({}, armOf("new", 300, 0.5, { day: 30 }), armOf("old", 300, 0.8)),
    } satisfies Scenarios<PromptDecision["evidence"]["design"]>,
  },
  detectDrift: {
    psi: {
      null: asking(detectDrift, { metric: "feedbackRate" })(
        each(30, (at) => ({ day: at >> 1, rating: at % 4 === 0 ? 5 : undefined })),
      ),
    },
    "psi.psi": {
      null: asking(detectDrift, {})(each(15, (day) => ({ day, score: inTurns(day, 0.501, 0.502) }))),
    },
  },
};

const rows = readmeTable("Beside the verdict").flatMap(([name, field, value, when]) =>
  namedIn(value!).map((own) => ({
    name: namedIn(name!)[0]!,
    field: namedIn(field!)[0]!,
    value: own,
    when: when!,
  })),
);

const all: Readonly<Record<string, Readonly<Record<string, Scenarios<string>>>>> = flags;

const fieldOf = (answer: unknown, path: string): unknown =>
  path.split(".").reduce((found, name) => (found as Readonly<Record<string, unknown>>)[name], answer);

describe("the README's table of what stands beside the verdict", () => {
  test("has a row for every value that is provoked here, and no other", () => {
    const given = Object.entries(all).flatMap(([name, fields]) =>
      Object.entries(fields).flatMap(([field, values]) =>
        Object.keys(values).map((value) => `${name} ${field} ${value}`),
      ),
    );
    expect(rows.map(({ name, field, value }) => `${name} ${field} ${value}`).sort()).toEqual(given.sort());
  });

  test.each(rows)("$name: $field is $value, when $when", async ({ name, field, value }) => {
    const found = fieldOf(await all[name]![field]![value]!(), field);
    if (value === "not empty") expect(found).not.toHaveLength(0);
    else if (value === "above 0") expect(found).toBeGreaterThan(0);
    // Warnings come in a list, and reasons by the method that they are of.
    else if (typeof found === "object" && found !== null) expect(Object.values(found)).toContain(value);
    else expect(String(found)).toBe(value);
  });
});
