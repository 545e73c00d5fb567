import type { CellWeights } from "../bias/cell-weights.ts";
import {
  requireChoice,
  requireConfidence,
  requirePeriod,
  requireSeed,
  requireTexts,
} from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { countRequests } from "../requests/count-requests.ts";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import type { Store } from "../store.ts";
import { affordableResamples } from "./affordable-resamples.ts";
import { correlatePairs } from "./correlate-pairs.ts";
import type { CorrelationTable, FeedbackCorrelation } from "./feedback-correlation.ts";
import { findScoreNames } from "./find-score-names.ts";
import { readVotes } from "./read-votes.ts";
import { selectPairs } from "./select-pairs.ts";

interface CommonOptions {
  /**
   * What one pair is: each `request`; or the means over all requests of a `model`, of a `promptVersion`, or of
   * one value of any metadata key not so called; values are compared as text. The coarser the level, the higher the
   * correlation tends to be: never compare across levels.
   * @default "request"
   */
  readonly level?: string | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
  /**
   * What requests count for, by their labels, as `weightFeedbackForBalance` gives it. At a coarser level the means
   * are weighted, and each label counts once.
   * @default every request counts the same
   */
  readonly weights?: CellWeights | undefined;
  /**
   * Samples of users behind the clustered intervals of requests, two or more; 0 makes none. Fewer are drawn where samples times votes go
   * beyond 20 million, but never under 200.
   * @default 1000
   */
  readonly resamples?: number | undefined;
  /**
   * Where the random numbers of the samples start.
   * @default 1
   */
  readonly seed?: number | undefined;
}

export interface CorrelateOptions extends CommonOptions {
  /**
   * The name of the automatic score.
   * @default "overall"
   */
  readonly score?: string | undefined;
  readonly scores?: undefined;
}

export interface CorrelateEachOptions extends CommonOptions {
  readonly score?: undefined;
  /**
   * The names of the automatic scores, or all that voted requests have. No store lists names: to find them, `"all"`
   * scans the voted requests once more and reads their records.
   */
  readonly scores: "all" | readonly string[];
}

/**
 * Correlates what humans said (the mean of a request's standing votes, 1 to 5) with an automatic score: Pearson's r
 * for a linear relation, Spearman's rho and Kendall's tau-b for any monotone one, each with its two-sided p-value and
 * its interval. With `scores`, gives a table of them, with q-values over all its rows.
 *
 * Few votes a request make the human score noisy and pull the coefficients towards 0; `votesPerUnit` tells. Where
 * users vote on several requests, the intervals of `clustered` are those that hold: they draw users, not votes. At a
 * coarser level each label is the unit, and the intervals are those over labels.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await correlateFeedbackWithMetrics(store, { level: "model" });
 * if (answer.verdict === "estimated") console.log(answer.n, answer.spearman.r, answer.spearman.ci);
 */
export function correlateFeedbackWithMetrics(
  store: Store,
  options?: CorrelateOptions,
): Promise<FeedbackCorrelation>;
export function correlateFeedbackWithMetrics(
  store: Store,
  options: CorrelateEachOptions,
): Promise<CorrelationTable>;
export async function correlateFeedbackWithMetrics(
  store: Store,
  options: CorrelateOptions | CorrelateEachOptions = {},
): Promise<FeedbackCorrelation | CorrelationTable> {
  const { score = "overall", scores, level = "request", confidence = 0.95 } = options;
  requirePeriod(options);
  requireConfidence(confidence);
  if (typeof scores === "string") requireChoice("scores", scores, ["all"]);
  else if (scores !== undefined) requireTexts("scores", scores);
  if (options.weights) requireTexts("weights.by", options.weights.by);
  if (scores !== undefined && options.score !== undefined)
    throw new HeedError("INVALID_QUERY", "score and scores exclude each other");

  const { resamples = 1000, seed = 1, ...query } = options;
  affordableResamples(resamples, 1);
  requireSeed(seed);
  const names =
    scores === undefined
      ? [score]
      : scores === "all"
        ? await findScoreNames(store, options)
        : [...new Set(scores)];
  const correlations = await correlateEach(store, names, { ...query, level, confidence, resamples, seed });
  return scores === undefined ? correlations[0]! : tableOf(correlations, level);
}

const correlateEach = async (
  store: Store,
  names: readonly string[],
  options: CommonOptions & {
    readonly level: string;
    readonly confidence: number;
    readonly resamples: number;
    readonly seed: number;
  },
): Promise<readonly FeedbackCorrelation[]> => {
  const { level, weights, since, until, resamples } = options;
  const label = level === "request" ? undefined : level;
  // At a coarser level no users are drawn: each label is the unit, and other users would leave the labels the same.
  const eachVote = resamples > 0 && label === undefined;
  const requests = await readVotes(store, { scores: names, label, weights, eachVote, since, until });
  const logged = await countRequests(store, { since, until });
  const noVotes = logged - requests.human.length;
  return names.map((score, at) => {
    const { pairs, lacking } = selectPairs(requests, requests.scores[at]!);
    const dropped = { noVotes, ...lacking, notLogged: requests.notLogged };
    return correlatePairs(pairs, { score, level, dropped }, options);
  });
};

const tableOf = (correlations: readonly FeedbackCorrelation[], level: string): CorrelationTable => {
  const tested = correlations.filter((answer) => answer.verdict === "estimated");
  const q = benjaminiHochberg(tested.map(({ spearman }) => spearman.p));
  const qOf = new Map<FeedbackCorrelation, number>(tested.map((answer, at) => [answer, q[at]!]));
  const rows = correlations.map((answer) => ({ ...answer, q: qOf.get(answer) ?? null }));
  return { verdict: rows.length === 0 ? "no_scores" : "table", level, rows };
};
