import { requirePeriod } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { groupRequests } from "../requests/group-requests.ts";
import { type IntervalOptions, upperLevel } from "../stats/interval-options.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Store } from "../store.ts";
import { chooseDenominator, type Denominator, type DenominatorChoice } from "./choose-denominator.ts";
import { type CohortComparison, compareCohorts } from "./compare-cohorts.ts";
import { type FeedbackCount, totalFeedback } from "./total-feedback.ts";

export interface FeedbackRateOptions {
  /**
   * The label that makes the cohorts: a metadata key of the requests, `model` or `promptVersion`.
   * @default "userCohort"
   */
  readonly by?: string | undefined;
  /**
   * What the rate is a share of: `logged` requests; those that were seen, `exposed`; or `auto`, exposed where at least
   * 90 % of the voted requests were recorded as such, else logged.
   * @default "auto"
   */
  readonly denominator?: DenominatorChoice | undefined;
  /**
   * The rate that you want, from and to.
   * @default [0.05, 0.1]
   */
  readonly target?: readonly [low: number, high: number] | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the intervals; a cohort stands out where q is at most 1 minus this.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
}

/** How often users give feedback. */
export interface FeedbackRate extends FeedbackCount {
  /** 0 to 1. */
  readonly rate: number;
  /** Wilson's interval of the rate. */
  readonly ci: readonly [number, number];
}

export interface CohortFeedbackRate extends FeedbackRate {
  /** Null for the requests that have no such label. */
  readonly cohort: string | null;
  /** Of all requests. */
  readonly shareOfRequests: number;
  /** Of all requests with feedback; null where there are none. */
  readonly shareOfFeedback: number | null;
  /** The rate beside that of all other cohorts together; null where there is nothing to compare. */
  readonly comparison: CohortComparison | null;
}

interface Scope {
  readonly by: string;
  readonly denominator: Denominator;
}

/** How often users give feedback, by cohort, or why that cannot be said. */
export type FeedbackRateByCohort =
  | (Scope & {
      /**
       * `skewed`: a cohort is under- or over-represented beyond chance; `no_skew_detected`: none is, as far as can be
       * told; `nothing_to_compare`: there are fewer than two cohorts; `no_feedback`: nobody voted on anything.
       */
      readonly verdict: "skewed" | "no_skew_detected" | "nothing_to_compare" | "no_feedback";
      readonly overall: FeedbackRate & {
        readonly target: readonly [low: number, high: number];
        /** Where the whole interval lies; `unclear` where it lies across an end of the target. */
        readonly againstTarget: "below" | "within" | "above" | "unclear";
      };
      /** In the order of their names; requests without a cohort come last. */
      readonly cohorts: readonly CohortFeedbackRate[];
      readonly underRepresented: readonly string[];
      readonly overRepresented: readonly string[];
    })
  | (Scope & {
      /** No request was logged, or, where exposures are asked for, none was exposed. */
      readonly verdict: "not_enough_data";
      readonly needed: number;
      readonly have: number;
    });

/**
 * Computes which share of requests got feedback, by cohort of users: whose voice is heard, whether it is enough, and
 * which cohorts are under-represented beyond chance.
 *
 * A request has feedback if a vote stands on it. Requests without a cohort are a row of their own, part of the
 * totals; as they are a gap in the logs rather than a cohort, they are neither tested nor among the others that a
 * cohort is compared with. Requests are taken to say nothing of each other: where few users make most of them,
 * intervals are wider than these. Votes on requests that were never logged do not count.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await computeFeedbackRateByCohort(store, { by: "userCohort" });
 * if (answer.verdict === "skewed") console.log(answer.underRepresented);
 */
export const computeFeedbackRateByCohort = async (
  store: Store,
  options: FeedbackRateOptions = {},
): Promise<FeedbackRateByCohort> => {
  const {
    by = "userCohort",
    denominator: choice = "auto",
    target = [0.05, 0.1],
    confidence = 0.95,
  } = options;
  const { since, until } = options;
  requirePeriod({ since, until });
  upperLevel({ confidence });
  if (!(target[0] >= 0 && target[0] <= target[1] && target[1] <= 1))
    throw new HeedError("INVALID_QUERY", "the target is no range within 0 and 1");

  const groups = await groupRequests(store, { by: [by], since, until });
  const { denominator, sizeOf } = chooseDenominator(groups, choice);
  const scope = { by, denominator };
  const hasExposures = groups.some(({ exposed }) => exposed > 0);
  if (groups.length === 0 || (denominator.used === "exposed" && !hasExposures))
    return { verdict: "not_enough_data", ...scope, needed: 1, have: 0 };

  const counts = groups
    .map((group) => ({ cohort: group.labels[0] ?? null, requests: sizeOf(group), withFeedback: group.voted }))
    .filter(({ requests }) => requests > 0);
  const all = totalFeedback(counts);
  const comparisons = all.withFeedback === 0 ? new Map<string, never>() : compareCohorts(counts, confidence);
  const overall = rateOf(all, { confidence });
  const cohorts = counts.map(
    (count): CohortFeedbackRate => ({
      cohort: count.cohort,
      ...rateOf(count, { confidence }),
      shareOfRequests: count.requests / all.requests,
      shareOfFeedback: all.withFeedback === 0 ? null : count.withFeedback / all.withFeedback,
      comparison: comparisons.get(count.cohort) ?? null,
    }),
  );
  const namesOf = (represented: CohortComparison["represented"]): string[] =>
    cohorts.flatMap(({ cohort, comparison }) =>
      cohort !== null && comparison?.represented === represented ? [cohort] : [],
    );
  const underRepresented = namesOf("under");
  const overRepresented = namesOf("over");
  return {
    verdict:
      all.withFeedback === 0
        ? "no_feedback"
        : comparisons.size === 0
          ? "nothing_to_compare"
          : underRepresented.length + overRepresented.length > 0
            ? "skewed"
            : "no_skew_detected",
    ...scope,
    overall: { ...overall, target, againstTarget: against(target, overall.ci) },
    cohorts,
    underRepresented,
    overRepresented,
  };
};

/** The rate of at least one request. */
export const rateOf = (
  { requests, withFeedback }: FeedbackCount,
  options: IntervalOptions,
): FeedbackRate => ({
  requests,
  withFeedback,
  rate: withFeedback / requests,
  ci: wilsonInterval(withFeedback, requests, options)!,
});

const against = ([low, high]: readonly [number, number], ci: FeedbackRate["ci"]) => {
  if (ci[1] < low) return "below";
  if (ci[0] > high) return "above";
  return ci[0] >= low && ci[1] <= high ? "within" : "unclear";
};
