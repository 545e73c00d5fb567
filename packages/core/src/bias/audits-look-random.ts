import { fisherExactTest } from "../stats/fisher-exact-test.ts";
import { addValue, emptyMoments, type MomentSums, momentsOfSums } from "../stats/moment-sums.ts";
import { welchTestOfMoments } from "../stats/welch-test.ts";
import type { Audit } from "./collect-satisfaction.ts";

/** Random audits fail one of the two tests once in five hundred times. */
const tooUnlikely = 0.001;

/** The requests that were not audited. */
interface Unaudited {
  readonly requests: number;
  readonly voted: number;
  readonly scores: MomentSums;
}

/**
 * Whether audited requests are like the others, as those of a random sample are: as often voted on, by Fisher's test,
 * and with the same automatic scores, by Welch's. Audits of what users complained about fail this.
 */
export const auditsLookRandom = (audits: readonly Audit[], others: Unaudited): boolean => {
  const voted = audits.filter((audit) => audit.voted).length;
  const byVotes = fisherExactTest(voted, audits.length - voted, others.voted, others.requests - others.voted);
  const scores = emptyMoments();
  for (const { score } of audits) if (!Number.isNaN(score)) addValue(scores, score);
  const byScores = welchTestOfMoments(momentsOfSums(scores), momentsOfSums(others.scores)).p ?? 1;
  return Math.min(byVotes, byScores) >= tooUnlikely;
};
