import type { StandingVote } from "../../collect/standing-votes.ts";

export interface FastQuery {
  readonly fastestMs: number;
  readonly smallestRun: number;
}

/** What is known of a request that a user voted on, beside the vote. */
export interface Seen {
  /** When it was logged, in milliseconds since 1970; NaN where it was not. */
  readonly loggedMs: (requestId: string) => number;
  /** How long it was visible to the user; NaN where nobody recorded that. */
  readonly visibleMs: (userId: string, requestId: string) => number;
}

export interface FastVotes {
  /** `unusable_times`: most users look like machines, as after an import without the times of the votes. */
  readonly verdict: "judged" | "unusable_times";
  /** Users with at least `smallestRun` votes, the others being too few to tell. */
  readonly users: number;
  readonly votes: readonly StandingVote[];
}

/** Votes of a user on one request with none on another between: clicks on a thumb, again, and on the stars. */
interface Visit {
  readonly votes: readonly StandingVote[];
  readonly firstMs: number;
  readonly lastMs: number;
  readonly atOnce: boolean;
  readonly unseen: boolean;
}

/** From so many users on, most of them looking like machines says something of the clock rather than of them. */
const enoughUsers = 10;

/**
 * Finds votes that came faster than anybody can read: runs of `smallestRun` requests or more, each voted on less than
 * `fastestMs` after the one before; or each less than that after it was logged, or after it was visible for less than
 * that in all. The last two count only where at most half of the users vote like that: elsewhere it is the way that
 * requests are logged, or exposures measured.
 *
 * @param votes each with its user, by user, in order of time
 */
export const findFastVotes = (
  votes: ReadonlyMap<string, readonly StandingVote[]>,
  seen: Seen,
  { fastestMs, smallestRun }: FastQuery,
): FastVotes => {
  const users = [...votes].map(([userId, own]) => visitsOf(userId, own, seen, fastestMs));
  const usual = (flag: "atOnce" | "unseen"): boolean =>
    users.filter((visits) => visits.filter((visit) => visit[flag]).length * 2 > visits.length).length * 2 >
    users.length;
  const usable = { atOnce: !usual("atOnce"), unseen: !usual("unseen") };
  const judged = users.filter((visits) => visits.length >= smallestRun);
  const fast = judged.map((visits) =>
    runsOf(visits, usable, fastestMs).filter((run) => run.length >= smallestRun),
  );
  const fastUsers = fast.filter((runs) => runs.length > 0).length;
  if (judged.length >= enoughUsers && fastUsers * 2 > judged.length)
    return { verdict: "unusable_times", users: judged.length, votes: [] };
  return {
    verdict: "judged",
    users: judged.length,
    votes: fast.flat(2).flatMap((visit) => visit.votes),
  };
};

const visitsOf = (
  userId: string,
  votes: readonly StandingVote[],
  { loggedMs, visibleMs }: Seen,
  fastestMs: number,
): readonly Visit[] => {
  const groups: StandingVote[][] = [];
  for (const vote of votes) {
    const before = groups.at(-1);
    if (before && before[0]!.requestId === vote.requestId) before.push(vote);
    else groups.push([vote]);
  }
  return groups.map((group) => {
    const { requestId, timestamp } = group[0]!;
    const firstMs = timestamp.getTime();
    const sinceLoggedMs = firstMs - loggedMs(requestId);
    return {
      votes: group,
      firstMs,
      lastMs: group.at(-1)!.timestamp.getTime(),
      // Records that come after the vote say nothing of the time between.
      atOnce: sinceLoggedMs >= 0 && sinceLoggedMs < fastestMs,
      unseen: visibleMs(userId, requestId) < fastestMs,
    };
  });
};

const runsOf = (
  visits: readonly Visit[],
  usable: { readonly atOnce: boolean; readonly unseen: boolean },
  fastestMs: number,
): readonly (readonly Visit[])[] => {
  const isBlind = ({ atOnce, unseen }: Visit): boolean =>
    (usable.atOnce && atOnce) || (usable.unseen && unseen);
  const runs: Visit[][] = [];
  for (const [at, visit] of visits.entries()) {
    const before = visits[at - 1];
    const goesOn =
      before && (visit.firstMs - before.lastMs < fastestMs || (isBlind(before) && isBlind(visit)));
    if (goesOn) runs.at(-1)!.push(visit);
    else runs.push([visit]);
  }
  return runs;
};
