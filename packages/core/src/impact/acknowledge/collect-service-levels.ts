import { foldStanding, scoreOf } from "../../collect/standing-votes.ts";
import { scanRequests } from "../../requests/scan-requests.ts";
import type { Store } from "../../store.ts";
import { type AnswerFinder, acknowledgementFinder, resolutionFinder } from "./find-answers.ts";
import { type ChangeLog, readChangeLog } from "./read-change-log.ts";
import { readEvents, voteTypes } from "./read-events.ts";

export interface ServiceLevelQuery {
  /** One row for each value of it; undefined for one row in all. */
  readonly by: string | undefined;
  /** Human scores, and votes, above it are good, below it bad. */
  readonly humanThreshold: number;
  /** What had not happened by then does not count. */
  readonly now: Date;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/** How long pieces of feedback waited for something: a number for each. */
export interface Waits {
  /** Until it came, or until now. */
  readonly durationMs: number[];
  /** 1 where it came, 0 where it did not yet. */
  readonly ended: number[];
}

/** The voted requests of one value of the label, and how long what was said against them waited. */
export interface ServiceLevelSums {
  good: number;
  bad: number;
  readonly acknowledgement: Waits;
  readonly resolution: Waits;
}

/** Sums voted requests up by the values of a label, in one scan; then reads when negative votes were given, many at once. */
export const collectServiceLevels = async (store: Store, query: ServiceLevelQuery) => {
  const { by, humanThreshold, now, since, until } = query;
  const log = upTo(now, await readChangeLog(store));
  const segments = [...log.changes, ...log.acknowledgements].flatMap(({ segment }) => segment?.label ?? []);
  const labels = [...new Set([...(by === undefined ? [] : [by]), ...segments])];

  const sums = new Map<string | undefined, ServiceLevelSums>();
  const sumsOf = (value: string | undefined): ServiceLevelSums => {
    const own = sums.get(value) ?? emptySums();
    sums.set(value, own);
    return own;
  };
  const negative = new Map<string, readonly (string | undefined)[]>();
  let [neutral, notLogged] = [0, 0];
  const wanted = { labels, votedOnly: true, eachVote: true, since, until };
  for await (const batch of scanRequests(store, wanted)) {
    for (const [at, requestId] of batch.requestIds.entries()) {
      if (Number.isNaN(batch.timestampMs[at])) {
        notLogged++;
        continue;
      }
      const values = batch.labels.map((column) => column[at]);
      const own = sumsOf(by === undefined ? undefined : values[0]);
      const humanScore = batch.humanScore[at]!;
      if (humanScore > humanThreshold) own.good++;
      else if (humanScore < humanThreshold) own.bad++;
      else neutral++;
      if (batch.eachVote[at]!.some(({ score }) => score < humanThreshold)) negative.set(requestId, values);
    }
  }

  const [acknowledgedAt, resolvedAt] = [acknowledgementFinder(log), resolutionFinder(log)];
  for await (const [requestId, events] of readEvents(store, [...negative.keys()], voteTypes)) {
    const values = negative.get(requestId)!;
    const labelOf = (label: string): string | undefined => values[labels.indexOf(label)];
    const { acknowledgement, resolution } = sumsOf(by === undefined ? undefined : values[0]);
    const { votes } = foldStanding(events.filter(({ timestamp }) => timestamp <= now));
    for (const vote of votes) {
      if (scoreOf(vote) >= humanThreshold) continue;
      const wait = (waits: Waits, find: AnswerFinder): void => {
        const answered = find(vote.timestamp, labelOf);
        waits.durationMs.push((answered ?? now).getTime() - vote.timestamp.getTime());
        waits.ended.push(Number(answered !== undefined));
      };
      wait(acknowledgement, acknowledgedAt);
      wait(resolution, resolvedAt);
    }
  }
  return { sums, dropped: { neutral, notLogged } };
};

const upTo = (now: Date, { changes, acknowledgements }: ChangeLog): ChangeLog => ({
  changes: changes.filter(({ timestamp }) => timestamp <= now),
  acknowledgements: acknowledgements.filter(({ timestamp }) => timestamp <= now),
});

export const emptySums = (): ServiceLevelSums => ({
  good: 0,
  bad: 0,
  acknowledgement: { durationMs: [], ended: [] },
  resolution: { durationMs: [], ended: [] },
});
