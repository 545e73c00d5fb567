import type { RequestQuery } from "../requests/request-batch.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import { addValue, emptyMoments } from "../stats/moment-sums.ts";
import type { Store } from "../store.ts";

/** What an auditor found, and what else is known of the request. */
export interface Audit {
  readonly requestId: string;
  /** 1 for a good output, else 0. */
  readonly good: 0 | 1;
  /** The evaluator's score; NaN where there is none. */
  readonly score: number;
  readonly voted: boolean;
  /** 1 or 0 by the users' verdict; NaN where there is none. */
  readonly verdict: number;
}

export interface SatisfactionQuery extends Pick<RequestQuery, "since" | "until"> {
  readonly by: string;
  readonly score: string;
  readonly auditScore: string;
  /** Human scores above it are good, below it bad. */
  readonly humanThreshold: number;
}

/** The logged requests of one cohort which somebody is known to have seen, or of which nobody is. */
export type SatisfactionCell = Readonly<ReturnType<typeof emptyCell>>;

/** Sums requests up by cohort, and by whether they were seen; holds the audits, and nothing else one by one. */
export const collectSatisfaction = async (
  store: Store,
  { by, score, auditScore, humanThreshold, since, until }: SatisfactionQuery,
): Promise<readonly SatisfactionCell[]> => {
  const cells = new Map<string, ReturnType<typeof emptyCell>>();
  const cellOf = (cohort: string | undefined, seen: boolean) => {
    const key = `${Number(seen)}${cohort === undefined ? "" : `=${cohort}`}`;
    const cell = cells.get(key) ?? emptyCell(cohort, seen);
    cells.set(key, cell);
    return cell;
  };

  const query = { labels: [by], scores: [score, auditScore], since, until };
  for await (const batch of scanRequests(store, query)) {
    const [scores, audits] = batch.scores;
    for (const [at, requestId] of batch.requestIds.entries()) {
      if (Number.isNaN(batch.timestampMs[at])) continue;
      const voted = batch.votes[at]! > 0;
      const exposed = batch.exposed[at] === 1;
      const automatic = scores![at]!;
      const audit = audits![at]!;
      const verdict = verdictOf(batch.humanScore[at]!, humanThreshold);

      const cell = cellOf(batch.labels[0]![at], voted || exposed);
      cell.logged++;
      if (exposed) cell.exposed++;
      if (voted) cell.voted++;
      if (voted && exposed) cell.exposedAndVoted++;
      if (verdict === 1) cell.good++;
      if (verdict === 0) cell.bad++;
      if (!Number.isNaN(automatic)) addValue(voted ? cell.scoreOfVoted : cell.scoreOfSilent, automatic);
      if (!Number.isNaN(audit))
        cell.audits.push({ requestId, good: audit >= 0.5 ? 1 : 0, score: automatic, voted, verdict });
      else if (Number.isNaN(automatic)) cell.neitherAuditedNorScored++;
      else addValue(cell.scoreOfUnaudited, automatic);
    }
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
};

/** A score on the threshold is no verdict, and neither is none. */
const verdictOf = (humanScore: number, threshold: number): number =>
  humanScore > threshold ? 1 : humanScore < threshold ? 0 : Number.NaN;

const emptyCell = (cohort: string | undefined, seen: boolean) => ({
  cohort,
  /** Exposed, or voted on. */
  seen,
  logged: 0,
  voted: 0,
  exposed: 0,
  exposedAndVoted: 0,
  good: 0,
  bad: 0,
  scoreOfVoted: emptyMoments(),
  scoreOfSilent: emptyMoments(),
  scoreOfUnaudited: emptyMoments(),
  neitherAuditedNorScored: 0,
  audits: [] as Audit[],
});
