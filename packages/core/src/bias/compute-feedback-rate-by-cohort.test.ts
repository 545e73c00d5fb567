import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { twoProportionTest } from "../stats/two-proportion-test.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import { computeFeedbackRateByCohort } from "./compute-feedback-rate-by-cohort.ts";

const day = (date: number): Date => new Date(Date.UTC(2026, 2, date));

/** So many requests of a cohort, of which so many were voted on, and so many of either were exposed. */
interface Cohort {
  readonly cohort?: string;
  readonly requests: number;
  readonly voted: number;
  readonly exposedOfVoted?: number;
  readonly exposedOfSilent?: number;
}

const storeOf = async (cohorts: readonly Cohort[]) => {
  const store = memoryStore();
  for (const [
    group,
    { cohort, requests, voted, exposedOfVoted = 0, exposedOfSilent = 0 },
  ] of cohorts.entries()) {
    const ids = Array.from({ length: requests }, (_, at) => `req-${group}-${at}`);
    await recordEvaluation(
      store,
      ids.map((requestId) => ({
        requestId,
        timestamp: day(1),
        ...(cohort !== undefined && { metadata: { userCohort: cohort } }),
      })),
    );
    const exposed = [...ids.slice(0, exposedOfVoted), ...ids.slice(voted, voted + exposedOfSilent)];
    await recordFeedback(store, [
      ...ids
        .slice(0, voted)
        .map((requestId) => ({ type: "explicit_thumbs_up", value: true, requestId }) as const),
      ...exposed.map(
        (requestId) =>
          ({ type: "implicit_exposure", value: { visibleMs: 900, activeMs: 900 }, requestId }) as const,
      ),
    ]);
  }
  return store;
};

test("each cohort has its rate, its interval, and its shares; all together have theirs", async () => {
  const store = await storeOf([
    { cohort: "free", requests: 300, voted: 12 },
    { cohort: "pro", requests: 100, voted: 20 },
  ]);
  const answer = await computeFeedbackRateByCohort(store);
  expect(answer).toMatchObject({
    verdict: "skewed",
    by: "userCohort",
    denominator: { used: "logged", why: "no_exposures", coverage: 0 },
    overall: {
      requests: 400,
      withFeedback: 32,
      rate: 0.08,
      ci: wilsonInterval(32, 400),
      target: [0.05, 0.1],
    },
    cohorts: [
      {
        cohort: "free",
        requests: 300,
        withFeedback: 12,
        rate: 0.04,
        shareOfRequests: 0.75,
        shareOfFeedback: 0.375,
      },
      {
        cohort: "pro",
        requests: 100,
        withFeedback: 20,
        rate: 0.2,
        shareOfRequests: 0.25,
        shareOfFeedback: 0.625,
      },
    ],
    underRepresented: ["free"],
    overRepresented: ["pro"],
  });
  if (answer.verdict !== "skewed") return;
  const { difference, ci, p } = twoProportionTest(12, 300, 20, 100);
  expect(answer.cohorts[0]).toMatchObject({
    ci: wilsonInterval(12, 300),
    comparison: { represented: "under", rateOfOthers: 0.2, difference, ci, p, q: p, test: "two_proportion" },
  });
});

test("the overall rate is against its target where its whole interval is", async () => {
  const againstTarget = async (voted: number, target?: [number, number]) => {
    const answer = await computeFeedbackRateByCohort(await storeOf([{ cohort: "a", requests: 400, voted }]), {
      ...(target && { target }),
    });
    return "overall" in answer ? answer.overall.againstTarget : undefined;
  };
  expect(await againstTarget(4)).toBe("below");
  expect(await againstTarget(28)).toBe("unclear"); // [0.049, 0.099]
  expect(await againstTarget(30)).toBe("unclear"); // [0.053, 0.105]
  expect(await againstTarget(30, [0.05, 0.11])).toBe("within");
  expect(await againstTarget(90)).toBe("above");
});

test("few expected votes are tested by Fisher, and q allows for every cohort that was tested", async () => {
  const answer = await computeFeedbackRateByCohort(
    await storeOf([
      { cohort: "a", requests: 40, voted: 4 },
      { cohort: "b", requests: 40, voted: 0 },
      { cohort: "c", requests: 40, voted: 5 },
    ]),
  );
  if (!("cohorts" in answer)) throw new Error("unreachable");
  expect(answer.verdict).toBe("no_skew_detected");
  const comparisons = answer.cohorts.map(({ comparison }) => comparison!);
  expect(comparisons.map(({ test }) => test)).toEqual(["fisher", "fisher", "fisher"]);
  // scipy.stats.fisher_exact([[0, 40], [9, 71]]).pvalue
  expect(comparisons[1]!.p).toBeCloseTo(0.028426062853938422, 12);
  expect(comparisons[1]!.q).toBeCloseTo(Math.min(comparisons[1]!.p * 3, comparisons[2]!.p * 1.5), 12);
});

test("requests without a cohort are a row of their own, in the totals but in no comparison", async () => {
  const cohorts = [
    { cohort: "a", requests: 60, voted: 6 },
    { cohort: "b", requests: 60, voted: 12 },
  ];
  const answer = await computeFeedbackRateByCohort(await storeOf([{ requests: 500, voted: 1 }, ...cohorts]));
  const without = await computeFeedbackRateByCohort(await storeOf(cohorts));
  if (!("cohorts" in answer && "cohorts" in without)) throw new Error("unreachable");
  expect(answer.overall).toMatchObject({ requests: 620, withFeedback: 19 });
  expect(answer.cohorts.at(-1)).toMatchObject({ cohort: null, requests: 500, comparison: null });
  expect(answer.cohorts.slice(0, 2).map(({ comparison }) => comparison)).toEqual(
    without.cohorts.map(({ comparison }) => comparison),
  );
});

test("exposures are the denominator where they cover the votes, and only then", async () => {
  const cohort = { cohort: "a", requests: 200, voted: 20, exposedOfSilent: 80 };
  const of = async (exposedOfVoted: number, denominator?: "exposed" | "logged") =>
    computeFeedbackRateByCohort(await storeOf([{ ...cohort, exposedOfVoted }]), { denominator });
  expect(await of(18)).toMatchObject({
    denominator: { used: "exposed", why: "exposures_cover_votes", coverage: 0.9 },
    overall: { requests: 100, withFeedback: 20, rate: 0.2 },
  });
  expect(await of(17)).toMatchObject({
    denominator: { used: "logged", why: "exposures_miss_votes", coverage: 0.85 },
    overall: { requests: 200, rate: 0.1 },
  });
  expect(await of(0, "exposed")).toMatchObject({
    denominator: { used: "exposed", why: "asked_for" },
    overall: { requests: 100 },
  });
  expect(await of(20, "logged")).toMatchObject({ overall: { requests: 200 } });
  const nobodyVoted = await storeOf([{ cohort: "a", requests: 9, voted: 0, exposedOfSilent: 5 }]);
  expect(await computeFeedbackRateByCohort(nobodyVoted)).toMatchObject({
    denominator: { used: "logged", why: "no_votes", coverage: null },
  });
});

test("a cohort that nobody is known to have seen anything of has no rate, and is compared with nothing", async () => {
  const store = await storeOf([
    { cohort: "a", requests: 50, voted: 10, exposedOfVoted: 10, exposedOfSilent: 20 },
    { cohort: "unseen", requests: 50, voted: 0 },
  ]);
  expect(await computeFeedbackRateByCohort(store)).toMatchObject({
    verdict: "nothing_to_compare",
    denominator: { used: "exposed" },
    overall: { requests: 30 },
    cohorts: [{ cohort: "a", shareOfRequests: 1, comparison: null }],
  });
});

test("no requests, no exposures, no feedback and one cohort are answers", async () => {
  expect(await computeFeedbackRateByCohort(memoryStore())).toMatchObject({
    verdict: "not_enough_data",
    needed: 1,
    have: 0,
  });
  const one = [{ cohort: "a", requests: 5, voted: 5 }];
  expect(await computeFeedbackRateByCohort(await storeOf(one), { denominator: "exposed" })).toMatchObject({
    verdict: "not_enough_data",
  });
  expect(await computeFeedbackRateByCohort(await storeOf(one))).toMatchObject({
    verdict: "nothing_to_compare",
    overall: { rate: 1 },
    cohorts: [{ comparison: null }],
  });
  expect(await computeFeedbackRateByCohort(await storeOf([{ requests: 5, voted: 5 }]))).toMatchObject({
    verdict: "nothing_to_compare",
    cohorts: [{ cohort: null }],
  });
  const silent = [
    { cohort: "a", requests: 5, voted: 0 },
    { cohort: "b", requests: 5, voted: 0 },
  ];
  expect(await computeFeedbackRateByCohort(await storeOf(silent))).toMatchObject({
    verdict: "no_feedback",
    overall: { rate: 0, againstTarget: "unclear" },
    cohorts: [
      { shareOfFeedback: null, comparison: null },
      { shareOfFeedback: null, comparison: null },
    ],
  });
  const allVoted = silent.map((cohort) => ({ ...cohort, voted: 5 }));
  expect(await computeFeedbackRateByCohort(await storeOf(allVoted))).toMatchObject({
    verdict: "no_skew_detected",
    cohorts: [{ comparison: { difference: 0, p: 1, q: 1 } }, { comparison: { p: 1 } }],
  });
});

test("options that are none are refused", async () => {
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  const store = memoryStore();
  for (const options of [
    { target: [0.1, 0.05] as const },
    { target: [0, Number.NaN] as const },
    { confidence: 1 },
    { denominator: "seen" as "exposed" },
    { since: day(2), until: day(1) },
  ])
    await expect(computeFeedbackRateByCohort(store, options)).rejects.toThrow(refused);
});
