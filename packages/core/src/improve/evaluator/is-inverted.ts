import { hajekMean } from "../../stats/hajek-mean.ts";
import { midranks } from "../../stats/midranks.ts";
import { moments } from "../../stats/moments.ts";

/** Fewer all point the same way too often: five in one of 32 worlds, for those with nothing in them. */
const fewestGroups = 6;

interface Scored {
  readonly scores: Float64Array;
  readonly humanScores: Float64Array;
  /** For each output the number of its group. */
  readonly groups: Int32Array;
  readonly confidence: number;
}

/**
 * Whether scores are the wrong way round, higher where humans say worse, beyond chance: whether the interval of
 * Spearman's correlation lies below 0. That is the mean product of the standardised ranks, and its interval is drawn from
 * whole groups, as outputs of one user or prompt are no independent witnesses. Of fewer than six groups it says no.
 */
export const isInverted = ({ scores, humanScores, groups, confidence }: Scored): boolean => {
  const [ours, theirs] = [standardRanks(scores), standardRanks(humanScores)];
  if (!ours || !theirs || new Set(groups).size < fewestGroups) return false;
  const products = ours.map((rank, at) => rank * theirs[at]!);
  const weights = new Float64Array(products.length).fill(1);
  const { mean, ci } = hajekMean(products, weights, { clusters: groups, confidence });
  // Verdicts that are wrong without exception have no spread, and so no interval.
  return (ci ? ci[1] : mean!) < 0;
};

/** Ranks by how many standard deviations they lie from the middle one; null where all are equal. */
const standardRanks = (values: Float64Array): Float64Array | null => {
  const ranks = midranks(values);
  const { mean, sd } = moments(ranks);
  return sd ? ranks.map((rank) => (rank - mean!) / sd) : null;
};
