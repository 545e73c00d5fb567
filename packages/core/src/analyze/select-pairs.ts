import { pick } from "./pick.ts";
import type { EachVote, VotedRequests } from "./read-votes.ts";
import { startsOf } from "./starts-of.ts";

/** Human scores paired with an automatic one, an entry for each request. */
export interface Pairs {
  readonly human: Float64Array;
  readonly score: Float64Array;
  readonly votes: Float64Array;
  readonly label: Int32Array | null;
  readonly weight: Float64Array | null;
  readonly eachVote: EachVote | null;
}

/** Picks the voted requests that have all that pairs are made of, and counts the others by the first thing they lack. */
export const selectPairs = (requests: VotedRequests, score: Float64Array) => {
  const { human, votes, label, weight, eachVote } = requests;
  const rows = new Uint32Array(human.length);
  let [kept, noScore, noLabel, noWeight] = [0, 0, 0, 0];
  for (let row = 0; row < rows.length; row++) {
    if (Number.isNaN(score[row])) noScore++;
    else if (label?.[row] === -1) noLabel++;
    else if (weight && !(weight[row]! > 0)) noWeight++;
    else rows[kept++] = row;
  }
  const chosen = rows.subarray(0, kept);
  const pairs: Pairs = {
    human: pick(human, chosen),
    score: pick(score, chosen),
    votes: pick(votes, chosen),
    label: label && Int32Array.from(chosen, (row) => label[row]!),
    weight: weight && pick(weight, chosen),
    eachVote: eachVote && pickVotes(eachVote, votes, chosen),
  };
  return { pairs, lacking: { noScore, noLabel, noWeight } };
};

/** The votes of the given requests, of which each has `counts` votes. */
const pickVotes = ({ user, value }: EachVote, counts: Float64Array, rows: Uint32Array): EachVote => {
  const starts = startsOf(counts);
  const places = new Uint32Array(user.length);
  let picked = 0;
  for (const row of rows)
    for (let vote = starts[row]!; vote < starts[row + 1]!; vote++) places[picked++] = vote;
  const chosen = places.subarray(0, picked);
  return { user: Int32Array.from(chosen, (vote) => user[vote]!), value: pick(value, chosen) };
};
