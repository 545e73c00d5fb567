import {
  requireChoice,
  requireConfidence,
  requireDate,
  requirePeriod,
  requireTexts,
} from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { powerLevels } from "../stats/power-options.ts";
import type { Store } from "../store.ts";
import { type ChangeMetric, changeMetrics } from "./change-metric.ts";
import { collectSides, type Segment } from "./collect-sides.ts";
import type { Improvement } from "./improvement.ts";
import { judgeChange } from "./judge-change.ts";
import { listChanges } from "./list-changes.ts";

export type { Improvement, Period } from "./improvement.ts";

export interface MeasureOptions {
  /** What was changed, in words of your own; it comes back in the answer. */
  readonly change: string;
  /** Requests before this moment, exclusive, are the state before the change. */
  readonly beforeDate: Date;
  /** Requests from this moment on, inclusive, are the state after; between the two nothing counts. */
  readonly afterDate: Date;
  /**
   * The name of the automatic score.
   * @default "overall"
   */
  readonly score?: string;
  /**
   * What the verdict is about: the automatic score; the human score, 1 to 5, of the requests with a standing vote;
   * the share of logged requests that have one; the share whose output somebody threw away, where less is better.
   * @default "score"
   */
  readonly metric?: ChangeMetric;
  /**
   * Labels (`model`, `promptVersion`, or metadata keys) whose combinations are to weigh after what they weighed
   * before, so that other traffic does not pass for an improvement. A request without a label is of a kind of its own.
   * @default []
   */
  readonly adjustFor?: readonly string[];
  /** Requests that the change did not touch: what they did over the same time is taken off. */
  readonly control?: Segment;
  /** The only requests to measure; left out, all but those of the control. */
  readonly segment?: Segment;
  /** The segment that the change was chosen for, where that was because it did badly; or record it with the change. */
  readonly chosenFor?: Segment;
  /**
   * How often the result was and will be looked at, this time included. More than once, and the verdict comes from an
   * interval that holds at every look.
   * @default 1
   */
  readonly looks?: number;
  /**
   * How often the minimum detectable effect is to be found, above 1 minus the confidence and below 1.
   * @default 0.8
   */
  readonly power?: number;
  /** Where before begins, inclusive. */
  readonly since?: Date;
  /** Where after ends, exclusive. */
  readonly until?: Date;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number;
}

/**
 * Measures whether a score, or what users say and do, changed when you changed something: means before and after,
 * their difference with its interval, tests and effect sizes; and the feedback of both sides beside it.
 *
 * Before and after differ in more than your change: in traffic, users and season. `adjustFor` takes out the traffic
 * that labels tell apart, `control` what happened to everybody, and `looks` the luck of looking again and again; the
 * verdict follows the estimate with most of that taken out, as `basis` says. With both `adjustFor` and `control`, each
 * of the two is held at its own mix. No dates prove a cause.
 *
 * Where every value went from one to another, as from never to always, there is no interval, and the plain difference goes
 * by Fisher's exact test.
 *
 * The mix of before is taken as it was, not as an estimate. Exchanging before and after changes every sign and nothing
 * else, but for percentages, the pre-trend and what is weighted by the mix of before.
 *
 * @throws HeedError `INVALID_QUERY` when `afterDate` lies before `beforeDate`, the control is the segment, `looks` is
 * no whole number from 1 on, or another option is out of its range; `STORE_FAILED`, `STORE_CLOSED`
 *
 * @example
 * const answer = await measureImprovementFromChange(store, {
 *   change: "prompt v2",
 *   beforeDate: new Date("2026-03-02"),
 *   afterDate: new Date("2026-03-02"),
 *   adjustFor: ["userCohort"],
 * });
 */
export const measureImprovementFromChange = async (
  store: Store,
  {
    change,
    beforeDate,
    afterDate,
    score = "overall",
    metric = "score",
    adjustFor = [],
    control,
    segment,
    chosenFor,
    looks = 1,
    power = 0.8,
    since,
    until,
    confidence = 0.95,
  }: MeasureOptions,
): Promise<Improvement> => {
  requireDate("beforeDate", beforeDate);
  requireDate("afterDate", afterDate);
  requirePeriod({ since, until });
  requireConfidence(confidence);
  requireChoice("metric", metric, changeMetrics);
  requireTexts("adjustFor", adjustFor);
  powerLevels({ power, confidence });
  if (afterDate < beforeDate) throw new HeedError("INVALID_QUERY", "afterDate lies before beforeDate");
  if (control && isSame(control, segment)) throw new HeedError("INVALID_QUERY", "control is the segment");
  if (!(Number.isSafeInteger(looks) && looks >= 1))
    throw new HeedError("INVALID_QUERY", "looks is not a whole number from 1 on");

  const query = { beforeDate, afterDate, score, metric, adjustFor, segment, control, since, until };
  const sides = await collectSides(store, query);
  const isChosen = segment !== undefined && (await isChosenFor(store, change, segment, chosenFor));
  return judgeChange(sides, { ...query, change, isChosen, looks, power, confidence });
};

/** Whether the change was chosen for the segment, by what is said now or was recorded then. */
const isChosenFor = async (
  store: Store,
  change: string,
  segment: Segment,
  chosenFor: Segment | undefined,
): Promise<boolean> => {
  if (isSame(segment, chosenFor)) return true;
  const recorded = await listChanges(store);
  return recorded.some((record) => record.change === change && isSame(segment, record.segment));
};

const isSame = (a: Segment, b: Segment | undefined): boolean => a.label === b?.label && a.value === b.value;
