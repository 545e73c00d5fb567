import { clusterBootstrap } from "../stats/cluster-bootstrap.ts";
import { affordableResamples } from "./affordable-resamples.ts";
import type { ClusteredIntervals } from "./feedback-correlation.ts";
import type { EachVote } from "./read-votes.ts";
import { resamplePairs } from "./resample-pairs.ts";
import type { Pairs } from "./select-pairs.ts";
import { startsOf } from "./starts-of.ts";

/**
 * The intervals of the correlations by a bootstrap over users, each with all their votes; null unless somebody voted
 * on several requests.
 *
 * In a sample that has user u m times, the human score of a request is the mean of its votes, each counted m times;
 * the request weighs its counted votes divided by its votes, and one that weighs nothing is not there.
 */
export const clusterByUser = (
  pairs: Pairs,
  options: { readonly confidence: number; readonly resamples: number; readonly seed: number },
): ClusteredIntervals | null => {
  const { eachVote } = pairs;
  if (!eachVote || !hasRepeatedUsers(eachVote, startsOf(pairs.votes))) return null;
  const resamples = affordableResamples(options.resamples, eachVote.user.length);
  const draw = { ...options, resamples };
  const correlate = resamplePairs(pairs, eachVote);
  const monotone: number[] = [];
  const linear = clusterBootstrap(
    eachVote.user,
    (copies) => {
      const { pearson, spearman } = correlate(copies);
      monotone.push(spearman);
      return pearson;
    },
    draw,
  );
  // The same seed draws the same samples: what was found in them is there already.
  let sample = 0;
  const ranked = clusterBootstrap(eachVote.user, () => monotone[sample++]!, draw);
  return {
    users: linear.clusters,
    resamples: linear.resamples,
    pearson: linear.ci,
    spearman: ranked.ci,
    reason: linear.reason ?? ranked.reason,
  };
};

/** Whether any user voted on several requests. Two votes on one request are one word on it already. */
const hasRepeatedUsers = ({ user }: EachVote, starts: Uint32Array): boolean => {
  const lastRequest = new Map<number, number>();
  for (let request = 0; request < starts.length - 1; request++) {
    for (let vote = starts[request]!; vote < starts[request + 1]!; vote++) {
      const last = lastRequest.get(user[vote]!);
      if (last !== undefined && last !== request) return true;
      lastRequest.set(user[vote]!, request);
    }
  }
  return false;
};
