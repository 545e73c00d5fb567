import { chooseDenominator, type Denominator, type DenominatorChoice } from "../bias/choose-denominator.ts";
import { type FeedbackRate, rateOf } from "../bias/compute-feedback-rate-by-cohort.ts";
import { plainShare } from "../bias/plain-share.ts";
import type { ShareEstimate } from "../bias/share-estimate.ts";
import { requireDate, requireHumanThreshold, requirePeriod, requireThat } from "../check-options.ts";
import { groupRequests } from "../requests/group-requests.ts";
import { type IntervalOptions, upperLevel } from "../stats/interval-options.ts";
import { kaplanMeier, waitingTime } from "../stats/kaplan-meier.ts";
import type { Store } from "../store.ts";
import { collectServiceLevels, emptySums, type Waits } from "./acknowledge/collect-service-levels.ts";

export interface ServiceLevelOptions {
  /**
   * The label whose values get a row each: a metadata key of the requests such as `tenant`, `model` or `promptVersion`.
   * @default one row for all
   */
  readonly by?: string | undefined;
  /**
   * Human scores above it, 1 to 5, are good, and below it bad; votes below it are negative feedback.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * What the feedback rate is a share of: `logged` requests; those that were seen, `exposed`; or `auto`, exposed where
   * at least 90 % of the voted requests were recorded as such, else logged.
   * @default "auto"
   */
  readonly denominator?: DenominatorChoice | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Tells until when feedback that is still open has waited; votes, changes and acknowledgements after it do not count.
   * @default () => new Date()
   */
  readonly now?: (() => Date) | undefined;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
}

/**
 * How long negative feedback waits for an answer, in milliseconds, by the Kaplan-Meier estimate: what is still open
 * counts for as long as it has waited.
 */
export interface ResponseTime {
  /** Pieces of negative feedback: standing votes. */
  readonly n: number;
  readonly answered: number;
  readonly open: number;
  /** How long the oldest open one has waited; null where none is open. */
  readonly oldestOpenMs: number | null;
  /** The time within which half of it is answered; null where too much is open, or nothing was said, to know. */
  readonly medianMs: number | null;
  /** Its interval; an end is null where the data do not bound it. */
  readonly medianCiMs: readonly [low: number | null, high: number | null];
  /** The time within which 90 % of it is answered, likewise. */
  readonly p90Ms: number | null;
  readonly p90CiMs: readonly [low: number | null, high: number | null];
}

export interface ServiceLevel {
  /** The value of the label; null for the requests that have none, and for all where no label was asked for. */
  readonly value: string | null;
  /** Logged requests. */
  readonly requests: number;
  /** How many have feedback, of those that the denominator counts; null where it counts none. */
  readonly feedbackRate: FeedbackRate | null;
  /**
   * The share of good ones among the requests whose votes say good or bad, with Wilson's interval; null for fewer than
   * five. Of those who vote: `estimateSatisfaction` tells how far that is from all.
   */
  readonly satisfaction: ShareEstimate | null;
  /** From negative feedback until users were told what became of it: see `recordAcknowledgement`. */
  readonly acknowledgement: ResponseTime;
  /** From negative feedback to the first change after it that covers its request: of its segment, or of none. */
  readonly resolution: ResponseTime;
}

interface Scope {
  readonly by: string | null;
  readonly denominator: Denominator;
  readonly dropped: {
    /** Voted on, but with a human score exactly at the threshold: in no satisfaction. */
    readonly neutral: number;
    /** Voted on, but never logged, at any time: in nothing. */
    readonly notLogged: number;
  };
}

/** What users of each value of a label got, or why that cannot be said. */
export type ServiceLevels =
  | (Scope & {
      readonly verdict: "reported";
      /** In the order of their values; requests without the label come last. */
      readonly rows: readonly ServiceLevel[];
    })
  | (Scope & {
      /** No request was logged. */
      readonly verdict: "not_enough_data";
      readonly needed: number;
      readonly have: number;
    });

/**
 * Reports what a contract on feedback asks for, for each tenant or other value of a label: how often users give
 * feedback, how satisfied those are, and how long negative feedback waits until users are told and until something is
 * changed. That a change came after it, and was for its requests, is all that is known: not that it solved the matter.
 *
 * Requests, and pieces of feedback, are taken to say nothing of each other: where few users give most of it, or one
 * change answers much at once, intervals are wider than these.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await reportServiceLevels(store, { by: "tenant", since: new Date("2026-03-01") });
 * if (answer.verdict === "reported") for (const { value, resolution } of answer.rows) console.log(value, resolution.medianMs);
 */
export const reportServiceLevels = async (
  store: Store,
  options: ServiceLevelOptions = {},
): Promise<ServiceLevels> => {
  const { by, humanThreshold = 3, denominator: choice = "auto", since, until } = options;
  const { now: clock = () => new Date(), confidence } = options;
  requirePeriod({ since, until });
  requireThat(by === undefined || (typeof by === "string" && by !== ""), "by is not a label");
  requireHumanThreshold(humanThreshold);
  upperLevel({ confidence });
  const now = clock();
  requireDate("now", now);

  const groups = await groupRequests(store, { by: by === undefined ? [] : [by], since, until });
  const { denominator, sizeOf } = chooseDenominator(groups, choice);
  const { sums, dropped } = await collectServiceLevels(store, { by, humanThreshold, now, since, until });
  const scope = { by: by ?? null, denominator, dropped };
  if (groups.length === 0) return { verdict: "not_enough_data", ...scope, needed: 1, have: 0 };

  const rows = groups.map((group): ServiceLevel => {
    const value = group.labels[0];
    const requests = sizeOf(group);
    const { good, bad, acknowledgement, resolution } = sums.get(value) ?? emptySums();
    return {
      value: value ?? null,
      requests: group.logged,
      feedbackRate: requests === 0 ? null : rateOf({ requests, withFeedback: group.voted }, { confidence }),
      satisfaction: plainShare(good, good + bad, { confidence }),
      acknowledgement: responseTime(acknowledgement, { confidence }),
      resolution: responseTime(resolution, { confidence }),
    };
  });
  return { verdict: "reported", ...scope, rows };
};

const responseTime = ({ durationMs, ended }: Waits, options: IntervalOptions): ResponseTime => {
  const curve = kaplanMeier(durationMs, ended, options);
  const [median, p90] = [waitingTime(curve, 0.5), waitingTime(curve, 0.9)];
  const open = curve.n - curve.ended;
  return {
    n: curve.n,
    answered: curve.ended,
    open,
    oldestOpenMs: durationMs.reduce<number | null>(
      (oldest, duration, at) => (ended[at] === 1 ? oldest : Math.max(oldest ?? 0, duration)),
      null,
    ),
    medianMs: median.value,
    medianCiMs: median.ci,
    p90Ms: p90.value,
    p90CiMs: p90.ci,
  };
};
