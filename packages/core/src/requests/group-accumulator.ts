import { addPair, addValue, emptyMoments, emptyPairedMoments } from "../stats/moment-sums.ts";
import type { GroupQuery, RequestGroup } from "./request-group.ts";

/** What of one request its group sums up. */
export interface GroupedRequest {
  /** A value for each label of the query. */
  readonly labels: readonly (string | undefined)[];
  /** NaN for a request that was never logged, which is in no group. */
  readonly timestampMs: number;
  /** NaN where there is none. */
  readonly score: number;
  /** NaN where there is none. */
  readonly humanScore: number;
  readonly exposed: boolean;
  readonly discarded: boolean;
}

/** Sums requests up by group, one after the other. */
export const groupAccumulator = ({ periods, scoreEdges }: GroupQuery) => {
  const groups = new Map<string, ReturnType<typeof emptyGroup>>();
  const starts = periods?.map((start) => start.getTime());

  const groupOf = ({ labels, timestampMs, score }: GroupedRequest) => {
    const period = starts ? edgesUpTo(starts, timestampMs) - 1 : 0;
    if (period < 0 || Number.isNaN(timestampMs)) return undefined;
    const scoreBin = !scoreEdges ? 0 : Number.isNaN(score) ? null : edgesUpTo(scoreEdges, score);
    // No label contains NUL.
    const key = `${period}\0${scoreBin}\0${labels.map((label) => (label === undefined ? "" : `=${label}`)).join("\0")}`;
    const group = groups.get(key) ?? emptyGroup([...labels], period, scoreBin);
    groups.set(key, group);
    return group;
  };

  const add = (request: GroupedRequest): void => {
    const group = groupOf(request);
    if (!group) return;
    const { score, humanScore, exposed, discarded } = request;
    const isVoted = !Number.isNaN(humanScore);
    group.logged++;
    if (exposed) group.exposed++;
    if (discarded) group.discarded++;
    if (!Number.isNaN(score)) addValue(group.score, score);
    if (!isVoted) return;
    group.voted++;
    if (exposed) group.exposedAndVoted++;
    if (humanScore > 3) group.liked++;
    if (humanScore < 3) group.disliked++;
    addValue(group.humanScore, humanScore);
    if (!Number.isNaN(score)) addPair(group.both, score, humanScore);
  };

  return { add, groups: (): readonly RequestGroup[] => [...groups.values()].sort(byGroup) };
};

const emptyGroup = (labels: readonly (string | undefined)[], period: number, scoreBin: number | null) => ({
  labels,
  period,
  scoreBin,
  logged: 0,
  voted: 0,
  exposed: 0,
  exposedAndVoted: 0,
  discarded: 0,
  liked: 0,
  disliked: 0,
  score: emptyMoments(),
  humanScore: emptyMoments(),
  both: emptyPairedMoments(),
});

/** How many of the rising edges are not above the value. */
const edgesUpTo = (edges: readonly number[], value: number): number => {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Orders groups by their labels, then by period and bin, whatever the order in which their requests came. */
export const byGroup = (a: RequestGroup, b: RequestGroup): number => {
  for (const [at, label] of a.labels.entries()) {
    const other = b.labels[at];
    if (label === other) continue;
    // Those without the label come last.
    return label === undefined ? 1 : other === undefined || label < other ? -1 : 1;
  }
  return a.period - b.period || (a.scoreBin ?? -1) - (b.scoreBin ?? -1);
};
