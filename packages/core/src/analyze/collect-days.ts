import { scanRequests } from "../requests/scan-requests.ts";
import { addValue, emptyMoments } from "../stats/moment-sums.ts";
import type { Store } from "../store.ts";
import type { DriftMetric } from "./detect-drift.ts";
import { gapOf } from "./gap-of.ts";

export const dayMs = 24 * 60 * 60 * 1000;

/** What the requests of one day come to. */
export interface Day {
  /** Days since 1970, UTC. */
  readonly day: number;
  /** Of the metric; a request with a vote counts as 1 in the feedback rate, and one without as 0. */
  readonly sums: ReturnType<typeof emptyMoments>;
  /** How often the score fell into each bin of `scoreRange`: fine enough to find deciles. */
  readonly scores: Map<number, number>;
}

interface DayQuery {
  readonly metric: DriftMetric;
  readonly score: string;
  readonly scoreRange: readonly [number, number];
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/** Sums the requests up by day, in one scan and in the order of the days; memory grows with the days alone. */
export const collectDays = async (store: Store, query: DayQuery): Promise<readonly Day[]> => {
  const { metric, score, scoreRange, since, until } = query;
  const days = new Map<number, Day>();
  const scan = scanRequests(store, {
    votedOnly: metric === "humanScore" || metric === "gap",
    scores: metric === "score" || metric === "gap" ? [score] : [],
    since,
    until,
  });
  for await (const { timestampMs, humanScore, scores, votes } of scan) {
    const valueAt = (at: number): number => {
      if (metric === "score") return scores[0]![at]!;
      if (metric === "humanScore") return humanScore[at]!;
      if (metric === "feedbackRate") return votes[at]! > 0 ? 1 : 0;
      return gapOf(scores[0]![at]!, humanScore[at]!, scoreRange);
    };
    for (let at = 0; at < timestampMs.length; at++) {
      const value = valueAt(at);
      if (Number.isNaN(value) || Number.isNaN(timestampMs[at]!)) continue;
      const number = Math.floor(timestampMs[at]! / dayMs);
      const day = days.get(number) ?? { day: number, sums: emptyMoments(), scores: new Map() };
      days.set(number, day);
      addValue(day.sums, value);
      if (metric !== "score") continue;
      const bin = binOf(value, scoreRange);
      day.scores.set(bin, (day.scores.get(bin) ?? 0) + 1);
    }
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
};

/** One of 200 bins of the range, and one beyond either end. */
const binOf = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(200, Math.max(-1, Math.floor((200 * (value - low)) / (high - low))));
