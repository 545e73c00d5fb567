import { groupAccumulator } from "../requests/group-accumulator.ts";
import type { RequestGroup } from "../requests/request-group.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import { addValue, emptyMoments, type MomentSums } from "../stats/moment-sums.ts";
import type { Store } from "../store.ts";
import { type ChangeMetric, isRate, metricOf } from "./change-metric.ts";
import { growingColumn } from "./growing-column.ts";

/** The requests that have this value of this label: `model`, `promptVersion`, or a metadata key. */
export interface Segment {
  readonly label: string;
  readonly value: string;
}

/** Whether a request is measured, or what the others are measured against. */
export type Arm = "treated" | "control";

export interface SidesQuery {
  readonly beforeDate: Date;
  readonly afterDate: Date;
  readonly score: string;
  readonly metric: ChangeMetric;
  readonly adjustFor: readonly string[];
  readonly segment: Segment | undefined;
  readonly control: Segment | undefined;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/** Requests of one side that have all their labels in common. */
export interface SideGroup extends Omit<RequestGroup, "labels"> {
  readonly side: "before" | "after";
  /** Undefined for requests that are neither measured nor measured against. */
  readonly arm: Arm | undefined;
  /** The values of the labels of the query, by name. */
  readonly labels: ReadonlyMap<string, string | undefined>;
}

/** What the requests of either side come down to. */
export interface Sides {
  readonly groups: readonly SideGroup[];
  /** The values that are measured, rising; empty for rates, whose order says nothing. */
  readonly values: { readonly before: Float64Array; readonly after: Float64Array };
  /** With a control: the metric by days before the change, counted back from -1. */
  readonly days: ReadonlyMap<number, Readonly<Record<Arm, MomentSums>>>;
}

/** Reads the requests of both sides in one scan; only values that are to be ranked are kept one by one. */
export const collectSides = async (store: Store, query: SidesQuery): Promise<Sides> => {
  const { metric, score, segment, control, since, until } = query;
  const [beforeMs, afterMs] = [query.beforeDate.getTime(), query.afterDate.getTime()];
  const picked = [segment, control].flatMap((given) => (given ? [given.label] : []));
  const names = [...new Set([...query.adjustFor, ...picked])];
  const armOf = armFinder(names, query);

  const { add, groups } = groupAccumulator({ periods: [longAgo, query.beforeDate, query.afterDate] });
  const before = growingColumn();
  const after = growingColumn();
  const days = new Map<number, Day>();

  for await (const batch of scanRequests(store, { scores: [score], labels: names, since, until })) {
    for (let at = 0; at < batch.requestIds.length; at++) {
      const timestampMs = batch.timestampMs[at]!;
      const isBefore = timestampMs < beforeMs;
      // Neither, for requests between the two dates and for those that were never logged.
      if (!isBefore && !(timestampMs >= afterMs)) continue;
      const request = {
        labels: batch.labels.map((column) => column[at]),
        timestampMs,
        score: batch.scores[0]![at]!,
        humanScore: batch.humanScore[at]!,
        exposed: batch.exposed[at] === 1,
        discarded: batch.discarded[at] === 1,
      };
      add(request);
      const arm = armOf(request.labels);
      const value = metricOf(metric, request);
      if (arm === undefined || Number.isNaN(value)) continue;
      if (arm === "treated" && !isRate(metric)) (isBefore ? before : after).push(value);
      if (control && isBefore)
        addValue(dayOf(days, Math.floor((timestampMs - beforeMs) / dayMs))[arm], value);
    }
  }

  const sideGroups = groups().map((group) => ({
    ...group,
    side: group.period === 0 ? ("before" as const) : ("after" as const),
    arm: armOf(group.labels),
    labels: new Map(names.map((name, at) => [name, group.labels[at]])),
  }));
  // In rising order, rounding depends on the values alone, and not on the ids of their requests.
  const values = { before: before.values().sort(), after: after.values().sort() };
  return { groups: sideGroups, values, days };
};

/** The earliest moment that a Date can be. */
const longAgo = new Date(-8.64e15);
const dayMs = 24 * 60 * 60 * 1000;

const armFinder = (names: readonly string[], { segment, control }: SidesQuery) => {
  const isIn = (labels: RequestGroup["labels"], { label, value }: Segment): boolean =>
    labels[names.indexOf(label)] === value;
  return (labels: RequestGroup["labels"]): Arm | undefined => {
    if (control && isIn(labels, control)) return "control";
    return segment && !isIn(labels, segment) ? undefined : "treated";
  };
};

type Day = Record<Arm, ReturnType<typeof emptyMoments>>;

const dayOf = (days: Map<number, Day>, date: number): Day => {
  const day = days.get(date) ?? { treated: emptyMoments(), control: emptyMoments() };
  days.set(date, day);
  return day;
};
