import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { fisherExactTest } from "../stats/fisher-exact-test.ts";
import { twoProportionTest } from "../stats/two-proportion-test.ts";
import { type FeedbackCount, totalFeedback } from "./total-feedback.ts";

/** A cohort's rate beside that of all other cohorts together. */
export interface CohortComparison {
  /** `under` or `over` beyond chance; else `as_expected`, as far as can be told. */
  readonly represented: "under" | "over" | "as_expected";
  readonly rateOfOthers: number;
  /** Rate less that of the others. */
  readonly difference: number;
  /** Newcombe's interval of the difference. */
  readonly ci: readonly [number, number];
  /** Fisher's exact test where fewer than 5 of a kind would be expected, else the pooled z-test. */
  readonly test: "two_proportion" | "fisher";
  readonly p: number;
  /** Benjamini and Hochberg's, over all cohorts. */
  readonly q: number;
}

/** Compares each cohort with all others together; nothing where there are fewer than two. */
export const compareCohorts = (
  counts: readonly (FeedbackCount & { readonly cohort: string | null })[],
  confidence: number,
): ReadonlyMap<string | null, CohortComparison> => {
  const cohorts = counts.filter(({ cohort }) => cohort !== null);
  const all = totalFeedback(cohorts);
  if (cohorts.length < 2) return new Map();
  const tests = cohorts.map((own) => {
    const others = {
      requests: all.requests - own.requests,
      withFeedback: all.withFeedback - own.withFeedback,
    };
    return { cohort: own.cohort, ...compareRates(own, others, confidence) };
  });
  const adjusted = benjaminiHochberg(tests.map(({ p }) => p));
  return new Map(
    tests.map(({ cohort, ...test }, at) => {
      const q = adjusted[at]!;
      const standsOut = q <= 1 - confidence;
      const represented = !standsOut ? "as_expected" : test.difference < 0 ? "under" : "over";
      return [cohort, { represented, ...test, q }] as const;
    }),
  );
};

/** Below this many expected of a kind, the z-test is off. */
const fewestExpected = 5;

const compareRates = (own: FeedbackCount, others: FeedbackCount, confidence: number) => {
  const { shareB, difference, ci, p } = twoProportionTest(
    own.withFeedback,
    own.requests,
    others.withFeedback,
    others.requests,
    { confidence },
  );
  const [silent, silentOthers] = [own, others].map((count) => count.requests - count.withFeedback);
  const requests = own.requests + others.requests;
  const withFeedback = own.withFeedback + others.withFeedback;
  const leastExpected =
    (Math.min(own.requests, others.requests) * Math.min(withFeedback, requests - withFeedback)) / requests;
  const isExact = p === null || leastExpected < fewestExpected;
  return {
    rateOfOthers: shareB!,
    difference: difference!,
    ci: ci!,
    test: isExact ? ("fisher" as const) : ("two_proportion" as const),
    p: isExact ? fisherExactTest(own.withFeedback, silent!, others.withFeedback, silentOthers!) : p,
  };
};
