import { stableMean } from "../../stable-mean.ts";
import type { Candidate, ScoredTrace } from "./candidate.ts";

/** One output to one prompt, however many requests had it, with all votes on it. */
export interface VotedOutput {
  readonly promptKey: string;
  readonly outputKey: string;
  /** In the order of their ids; those alone that were voted on. */
  readonly candidates: readonly Candidate[];
  readonly votes: readonly ScoredTrace[];
  /** Mean of the votes, 1 to 5. */
  readonly humanScore: number;
}

/** Puts requests with the same prompt and output together: what users say of them is said of one thing. */
export const votedOutputs = (candidates: readonly Candidate[]): readonly VotedOutput[] => {
  const voted = candidates.filter(({ votes }) => votes.length > 0);
  const groups = Map.groupBy(voted, ({ promptKey, outputKey }) => `${promptKey} ${outputKey}`);
  return [...groups.values()].map((own) => {
    const { promptKey, outputKey } = own[0]!;
    const votes = own.flatMap((candidate) => candidate.votes);
    // Means do not hang on the order of additions, but their last digit does.
    const humanScore = stableMean(votes.map(({ score }) => score));
    return { promptKey, outputKey, candidates: own, votes, humanScore };
  });
};
