import type { RequestGroup } from "../requests/request-group.ts";
import { emptyMoments, mergeMoments } from "../stats/moment-sums.ts";

/** What several groups of requests come to. */
export type GroupTotal = Pick<RequestGroup, "logged" | "voted" | "discarded" | "score" | "humanScore">;

/** Sums groups of requests up to one. */
export const totalOfGroups = (groups: readonly GroupTotal[]): GroupTotal => ({
  logged: sumOf(groups, ({ logged }) => logged),
  voted: sumOf(groups, ({ voted }) => voted),
  discarded: sumOf(groups, ({ discarded }) => discarded),
  score: groups.map(({ score }) => score).reduce(mergeMoments, emptyMoments()),
  humanScore: groups.map(({ humanScore }) => humanScore).reduce(mergeMoments, emptyMoments()),
});

const sumOf = (groups: readonly GroupTotal[], pick: (group: GroupTotal) => number): number =>
  groups.reduce((sum, group) => sum + pick(group), 0);
