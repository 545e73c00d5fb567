import { dayMs } from "../analyze/collect-days.ts";
import { groupRequests } from "../requests/group-requests.ts";
import type { RequestGroup } from "../requests/request-group.ts";
import type { Store } from "../store.ts";

/** Sufficient statistics of the requests of one day that have the same labels. */
export interface DailyAggregate extends Omit<RequestGroup, "period" | "scoreBin"> {
  /** The first moment of the day, UTC. */
  readonly day: Date;
}

interface DailyQuery {
  readonly by: readonly string[];
  readonly score: string;
  /** The first moment of a day, UTC: the requests before it. */
  readonly until: Date;
}

/** Sums logged requests up by day and labels, in the order of the days. */
export const dailyAggregates = async (
  store: Store,
  { by, score, until }: DailyQuery,
): Promise<readonly DailyAggregate[]> => {
  const years = startsOfYears(until);
  // Which years there are at all: no engine is asked about thousands of days at once.
  const found = await groupRequests(store, { periods: years, until });
  const aggregates: DailyAggregate[] = [];
  for (const { period } of found) {
    const since = years[period]!;
    const end = years[period + 1] ?? until;
    const days = daysBetween(since, end);
    const groups = await groupRequests(store, { by, score, periods: days, since, until: end });
    for (const { period: day, scoreBin: _, ...sums } of groups.toSorted((a, b) => a.period - b.period))
      aggregates.push({ day: days[day]!, ...sums });
  }
  return aggregates;
};

/** From 1970, before which nothing is stored. */
const startsOfYears = (until: Date): readonly Date[] =>
  Array.from(
    { length: Math.max(1, until.getUTCFullYear() - 1969) },
    (_, at) => new Date(Date.UTC(1970 + at, 0)),
  );

const daysBetween = (since: Date, until: Date): readonly Date[] =>
  Array.from(
    { length: Math.ceil((until.getTime() - since.getTime()) / dayMs) },
    (_, at) => new Date(since.getTime() + at * dayMs),
  );
