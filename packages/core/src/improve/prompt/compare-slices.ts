import { compareVotes, type VoteComparison, type VoteRule } from "./compare-votes.ts";
import { tallyVotes, type Verdicts, type VoteTally } from "./tally-votes.ts";

/** The votes on a slice of the requests in two arms. */
export interface SliceComparison extends VoteComparison {
  readonly label: string;
  readonly value: string;
  readonly candidate: VoteTally;
  readonly baseline: VoteTally;
}

/** A slice, and the rows of its votes in each arm. */
export interface Slice {
  readonly label: string;
  readonly value: string;
  readonly candidate: readonly number[];
  readonly baseline: readonly number[];
}

/**
 * Compares the votes of every slice that has enough users in both arms, the worst first; the alpha is divided among
 * them.
 */
export const compareSlices = (
  verdicts: Verdicts,
  slices: readonly Slice[],
  rule: VoteRule,
  fewestUsers: number,
): readonly SliceComparison[] => {
  const tallied = slices
    .map(({ label, value, candidate, baseline }) => ({
      label,
      value,
      candidate: tallyVotes(verdicts, candidate),
      baseline: tallyVotes(verdicts, baseline),
    }))
    .filter(({ candidate, baseline }) => Math.min(candidate.users, baseline.users) >= fewestUsers);
  const alpha = rule.alpha / Math.max(1, tallied.length);
  return tallied
    .map((slice) => ({ ...slice, ...compareVotes(slice.candidate, slice.baseline, { ...rule, alpha }) }))
    .sort(
      (a, b) =>
        a.difference! - b.difference! || (`${a.label}\0${a.value}` < `${b.label}\0${b.value}` ? -1 : 1),
    );
};
