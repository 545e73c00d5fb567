import { meanDifferenceSequence } from "../../stats/mean-difference-sequence.ts";
import { plannedUpperBound } from "../../stats/planned-upper-bound.ts";
import { type VoteTally, voteVariance } from "./tally-votes.ts";

/** What is asked of votes, and how surely it has to be known. */
export interface VoteRule {
  /** How far below the baseline the candidate may be, in shares of votes. */
  readonly margin: number;
  /** How often, over all looks, a candidate that is as good may be called worse. */
  readonly alpha: number;
  /** Votes an arm within which a drop has to be found. */
  readonly plannedVotes: number;
}

/** The shares of good votes of two arms beside each other, candidate minus baseline. */
export interface VoteComparison {
  /** Null where an arm has no vote. */
  readonly difference: number | null;
  /** Each end holds at every look with probability 1 - alpha; null for fewer than two votes in an arm. */
  readonly ci: readonly [low: number, high: number] | null;
  /** The alpha at which the candidate would just be called worse; holds at every look. */
  readonly anytimeP: number | null;
  readonly finding: "worse" | "within_margin" | "undecided";
}

/** The lower end has to come within a small margin, and that takes more votes than finding a large drop. */
const tightestAt = 2_000;

/**
 * Compares the shares of good votes so that one may look as often as one likes. The upper end of the interval finds
 * drops within the planned votes, the lower one is tightest at more.
 *
 * Votes of one user count for as many as their design effect leaves of them.
 */
export const compareVotes = (
  candidate: VoteTally,
  baseline: VoteTally,
  { margin, alpha, plannedVotes }: VoteRule,
): VoteComparison => {
  const groups = [momentsOf(candidate), momentsOf(baseline)] as const;
  const { difference, upper, anytimeP } = plannedUpperBound(...groups, { alpha, plannedFor: plannedVotes });
  const below = meanDifferenceSequence(...groups, {
    confidence: 1 - 2 * alpha,
    optimizedFor: tightestAt,
  });
  if (upper === null || !below.ci) return { difference, ci: null, anytimeP, finding: "undecided" };
  const ci = [below.ci[0], upper] as const;
  // Worse, but surely by less than is put up with, is no reason to go back.
  const finding = ci[0] > -margin ? "within_margin" : ci[1] < 0 ? "worse" : "undecided";
  return { difference, ci, anytimeP, finding };
};

const momentsOf = (tally: VoteTally) => {
  const n = tally.votes / tally.designEffect;
  const isOne = n < 2;
  return {
    n,
    mean: tally.votes === 0 ? null : tally.good / tally.votes,
    sd: isOne ? null : Math.sqrt(voteVariance(tally)),
  };
};
