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
  type Agreement,
  type CorrelateOptions,
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  detectDrift,
  estimateSatisfaction,
  type FeedbackCorrelation,
  type FeedbackRateByCohort,
  findSegments,
  type Improvement,
  measureAgreement,
  measureImprovementFromChange,
  type Satisfaction,
  type Store,
  weightFeedbackForBalance,
} from "./index.ts";

// As for the verdicts: the types ask for a scenario of every value, the tests for a row of the README, and for an answer
// that bears it out.

type With<Answer, Verdict> = Extract<Answer, { readonly verdict: Verdict }>;
type Estimated<Answer> = With<Answer, "estimated">;

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
const improvement = asking(measureImprovementFromChange, change);
const besideControl = asking(measureImprovementFromChange, { ...change, control });
const ofChosen = asking(measureImprovementFromChange, { ...change, segment, chosenFor: segment });

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
