/** What some users say of some requests: good or bad, an entry a user and request in every column. */
export interface Verdicts {
  /** A number for each user, from 0; every anonymous vote has its own. */
  readonly user: Float64Array;
  /** 1 for good, 0 for bad. */
  readonly good: Float64Array;
}

/** Votes, summed up as far as their share has to be compared. */
export interface VoteTally {
  /** Verdicts, good or bad: one a user and request. */
  readonly votes: number;
  readonly good: number;
  readonly users: number;
  /**
   * Kish's design effect: how many votes of these tell as much as one of a user who gives no other; 1 where each user
   * votes once, and never below it.
   */
  readonly designEffect: number;
}

/**
 * Sums verdicts up, with how far the votes of one user go together: the variance of the share, linearised with users as
 * the units that are drawn, over that of as many votes of different users.
 *
 * @param rows Which of the entries count.
 */
export const tallyVotes = ({ user, good }: Verdicts, rows: readonly number[]): VoteTally => {
  const byUser = new Map<number, { votes: number; good: number }>();
  let praised = 0;
  for (const row of rows) {
    const own = byUser.get(user[row]!) ?? { votes: 0, good: 0 };
    own.votes++;
    own.good += good[row]!;
    praised += good[row]!;
    byUser.set(user[row]!, own);
  }
  const [votes, users] = [rows.length, byUser.size];
  const tally = { votes, good: praised, users };
  const share = praised / votes;
  // One user, or all of one mind: nothing tells votes of one from votes of many, so that a user counts once.
  if (users < 2 || praised === 0 || praised === votes)
    return { ...tally, designEffect: users === 0 ? 1 : votes / users };
  let squares = 0;
  for (const own of byUser.values()) squares += (own.good - own.votes * share) ** 2;
  const clustered = (users / (users - 1)) * squares;
  const independent = (votes / (votes - 1)) * votes * share * (1 - share);
  // Where each user votes once the two differ by rounding.
  return { ...tally, designEffect: users === votes ? 1 : Math.max(1, clustered / independent) };
};

/** The variance of one vote, with one more of each kind, so that a young arm is never taken to be all of one mind. */
export const voteVariance = ({ votes, good }: Pick<VoteTally, "votes" | "good">): number => {
  const share = (good + 1) / (votes + 2);
  return share * (1 - share);
};
