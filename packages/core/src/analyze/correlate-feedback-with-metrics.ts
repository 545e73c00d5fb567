import { mean } from "simple-statistics";
import { requireConfidence, requireDate } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { type RequestColumns, scanRequests } from "../requests/scan-requests.ts";
import { stableMean } from "../stable-mean.ts";
import { type Correlation, pearson, spearman } from "../stats/index.ts";
import { isConstant } from "../stats/is-constant.ts";
import type { Store } from "../store.ts";

export interface CorrelateOptions {
  /**
   * The name of the automatic score.
   * @default "overall"
   */
  readonly score?: string;
  /**
   * What one pair is: each `request`; or the means over all requests of a `model`, of a `promptVersion`, or of
   * one value of any metadata key not so called; values are compared as text. The coarser the level, the higher the correlation tends to be: never
   * compare across levels.
   * @default "request"
   */
  readonly level?: string;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number;
}

/** Requests that could not be paired, by the first thing that they lacked. */
export interface Unpaired {
  /** Logged, but nobody voted. */
  readonly noVotes: number;
  /** Voted on and logged, but without the score. */
  readonly noScore: number;
  /** Voted on and scored, but without the model, prompt version or metadata key of the level. */
  readonly noLabel: number;
  /** Voted on, but never logged, at any time: usually request ids that do not match. */
  readonly notLogged: number;
}

interface Scope {
  readonly score: string;
  readonly level: string;
  readonly dropped: Unpaired;
}

/** A correlation coefficient, -1 to 1, with its two-sided p-value and its confidence interval. */
export interface CorrelationEstimate {
  readonly r: number;
  readonly p: number;
  readonly ci: readonly [number, number];
}

/** How far human scores and automatic scores go together, or why that cannot be said. */
export type FeedbackCorrelation =
  | (Scope & {
      readonly verdict: "estimated";
      /** Pairs. */
      readonly n: number;
      /** Mean number of standing votes behind one pair. */
      readonly votesPerUnit: number;
      readonly pearson: CorrelationEstimate;
      readonly spearman: CorrelationEstimate;
    })
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number })
  | (Scope & {
      /** All humans, or all scores, say the same: there is nothing to correlate. */
      readonly verdict: "no_variation";
      readonly n: number;
      readonly constant: "humanScore" | "score" | "both";
    });

/** Fisher's interval needs four pairs. */
const fewestPairs = 4;

/**
 * Correlates what humans said (the mean of a request's standing votes, 1 to 5) with an automatic score:
 * Pearson's r for a linear relation, Spearman's rho for any monotone one, each with its two-sided p-value
 * (Student's t with n - 2 degrees of freedom) and Fisher's interval.
 *
 * Few votes a request make the human score noisy and pull the coefficients towards 0; `votesPerUnit` tells.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await correlateFeedbackWithMetrics(store, { level: "model" });
 * if (answer.verdict === "estimated") console.log(answer.n, answer.spearman.r, answer.spearman.ci);
 */
export const correlateFeedbackWithMetrics = async (
  store: Store,
  { score = "overall", level = "request", since, until, confidence = 0.95 }: CorrelateOptions = {},
): Promise<FeedbackCorrelation> => {
  if (since !== undefined) requireDate("since", since);
  if (until !== undefined) requireDate("until", until);
  requireConfidence(confidence);
  if (since && until && until < since) throw new HeedError("INVALID_QUERY", "until lies before since");

  const label = level === "request" ? undefined : level;
  const requests = await scanRequests(store, { score, label, since, until });
  const { dropped, pairs } = pairScores(requests, label !== undefined);
  const scope = { score, level, dropped };
  const units = label === undefined ? pairs : meansByLabel(pairs);
  const n = units.length;
  if (n < fewestPairs) return { verdict: "not_enough_data", ...scope, needed: fewestPairs, have: n };

  const human = Float64Array.from(units, (unit) => unit.human);
  const automatic = Float64Array.from(units, (unit) => unit.score);
  const linear = estimateOf(pearson(human, automatic, { confidence }));
  const monotone = estimateOf(spearman(human, automatic, { confidence }));
  if (!linear || !monotone)
    return { verdict: "no_variation", ...scope, n, constant: whichConstant(human, automatic) };

  const votes = units.reduce((sum, unit) => sum + unit.votes, 0);
  return { verdict: "estimated", ...scope, n, votesPerUnit: votes / n, pearson: linear, spearman: monotone };
};

interface Pair {
  readonly human: number;
  readonly score: number;
  readonly votes: number;
  readonly label: string | undefined;
}

const pairScores = (requests: RequestColumns, needsLabel: boolean) => {
  const pairs: Pair[] = [];
  let [noVotes, noScore, noLabel] = [0, 0, 0];
  for (const at of requests.requestIds.keys()) {
    const pair: Pair = {
      human: requests.humanScore[at]!,
      score: requests.score[at]!,
      votes: requests.votes[at]!,
      label: requests.label[at],
    };
    if (pair.votes === 0) noVotes++;
    else if (Number.isNaN(pair.score)) noScore++;
    else if (needsLabel && pair.label === undefined) noLabel++;
    else pairs.push(pair);
  }
  return { pairs, dropped: { noVotes, noScore, noLabel, notLogged: requests.votedButNotLogged } };
};

/** Scores are summed in their own order, not in that of the requests: that alone must not move a rank. */
const meansByLabel = (pairs: readonly Pair[]): Pair[] =>
  [...Map.groupBy(pairs, ({ label }) => label)].map(([label, group]) => ({
    label,
    human: stableMean(group.map(({ human }) => human)),
    score: mean(group.map(({ score }) => score).sort((a, b) => a - b)),
    votes: group.reduce((sum, { votes }) => sum + votes, 0),
  }));

const estimateOf = ({ r, p, ci }: Correlation): CorrelationEstimate | null =>
  r === null || p === null || ci === null ? null : { r, p, ci };

const whichConstant = (human: Float64Array, score: Float64Array) => {
  const [humanIs, scoreIs] = [isConstant(human), isConstant(score)];
  return humanIs && scoreIs ? "both" : humanIs ? "humanScore" : "score";
};
