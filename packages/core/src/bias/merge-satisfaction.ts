import { emptyMoments, type MomentSums, mergeMoments } from "../stats/moment-sums.ts";
import type { SatisfactionCell } from "./collect-satisfaction.ts";

/** The sums of some cells together. */
export type SatisfactionTotal = ReturnType<typeof mergeSatisfaction>;

/** Sums cells up to one; its audits come in the order of their requests, whichever order they were read in. */
export const mergeSatisfaction = (cells: readonly SatisfactionCell[]) => {
  const sumOf = (pick: (cell: SatisfactionCell) => number): number =>
    cells.reduce((sum, cell) => sum + pick(cell), 0);
  const momentsOf = (pick: (cell: SatisfactionCell) => MomentSums): MomentSums =>
    cells.map(pick).reduce(mergeMoments, emptyMoments());
  return {
    requests: sumOf(({ logged }) => logged),
    voted: sumOf(({ voted }) => voted),
    good: sumOf(({ good }) => good),
    bad: sumOf(({ bad }) => bad),
    scoreOfVoted: momentsOf(({ scoreOfVoted }) => scoreOfVoted),
    scoreOfSilent: momentsOf(({ scoreOfSilent }) => scoreOfSilent),
    scoreOfUnaudited: momentsOf(({ scoreOfUnaudited }) => scoreOfUnaudited),
    neitherAuditedNorScored: sumOf(({ neitherAuditedNorScored }) => neitherAuditedNorScored),
    audits: cells.flatMap(({ audits }) => audits).sort((a, b) => (a.requestId < b.requestId ? -1 : 1)),
  };
};
