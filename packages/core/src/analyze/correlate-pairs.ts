import type { Correlation } from "../stats/correlation.ts";
import { isConstant } from "../stats/is-constant.ts";
import { kendall } from "../stats/kendall.ts";
import { kishEffectiveSize } from "../stats/kish-effective-size.ts";
import { pearson } from "../stats/pearson.ts";
import { spearman } from "../stats/spearman.ts";
import { weightedPearson } from "../stats/weighted-pearson.ts";
import { weightedSpearman } from "../stats/weighted-spearman.ts";
import { clusterByUser } from "./cluster-by-user.ts";
import type { CorrelationEstimate, FeedbackCorrelation, Unpaired } from "./feedback-correlation.ts";
import { meansByLabel } from "./means-by-label.ts";
import type { Pairs } from "./select-pairs.ts";

/** Fisher's interval needs four pairs. */
const fewestPairs = 4;

/** The correlations of pairs, or of the means of their labels. */
export const correlatePairs = (
  pairs: Pairs,
  scope: { readonly score: string; readonly level: string; readonly dropped: Unpaired },
  options: { readonly confidence: number; readonly resamples: number; readonly seed: number },
): FeedbackCorrelation => {
  const { human, score, votes } = pairs.label ? meansByLabel(pairs, pairs.label) : pairs;
  // At a coarser level the weights are in the means, and each label counts once.
  const weight = pairs.label ? null : pairs.weight;
  const n = human.length;
  const effectiveSize = (weight && kishEffectiveSize(weight)) ?? n;
  if (effectiveSize < fewestPairs)
    return { verdict: "not_enough_data", ...scope, needed: fewestPairs, have: effectiveSize };

  const linear = weight ? weightedPearson(human, score, weight, options) : pearson(human, score, options);
  const monotone = weight ? weightedSpearman(human, score, weight, options) : spearman(human, score, options);
  const [first, second] = [estimateOf(linear), estimateOf(monotone)];
  if (!first || !second)
    return { verdict: "no_variation", ...scope, n, constant: whichConstant(human, score) };

  return {
    verdict: "estimated",
    ...scope,
    n,
    effectiveSize,
    votesPerUnit: votes.reduce((sum, count) => sum + count, 0) / n,
    pearson: first,
    spearman: second,
    kendall: weight ? null : estimateOf(kendall(human, score, options)),
    clustered: clusterByUser(pairs, options),
  };
};

const estimateOf = ({ r, p, ci }: Correlation): CorrelationEstimate | null =>
  r === null || p === null || ci === null ? null : { r, p, ci };

const whichConstant = (human: Float64Array, score: Float64Array) => {
  const [humanIs, scoreIs] = [isConstant(human), isConstant(score)];
  return humanIs && scoreIs ? "both" : humanIs ? "humanScore" : "score";
};
