import { requireChoice, requirePeriod } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { groupRequests } from "../requests/group-requests.ts";
import { upperLevel } from "../stats/interval-options.ts";
import type { WeightedMean } from "../stats/linearised-mean.ts";
import { weightedMeanOfMoments } from "../stats/weighted-mean-of-moments.ts";
import type { Store } from "../store.ts";
import { chooseDenominator, type Denominator, type DenominatorChoice } from "./choose-denominator.ts";
import type { Category } from "./pool-categories.ts";
import { requireLabels } from "./require-labels.ts";
import type { CellWeightSpread } from "./trim-cell-weights.ts";
import { type KnownPopulation, type WeightMethod, weighCells } from "./weigh-cells.ts";

export interface WeightOptions {
  /**
   * The label, or labels, to balance by: `model`, `promptVersion`, or metadata keys of the requests.
   * @default "userCohort"
   */
  readonly by?: string | readonly string[] | undefined;
  /**
   * `post_stratification`: each combination of labels counts for its share of the population. `raking`: each value of
   * each label does, whatever the combinations, which takes fewer answers. `inverse_rate`: 1 by the feedback rate, for
   * several labels the product over them, which answers twice for labels that go together. All are the same for one label.
   * @default "post_stratification"
   */
  readonly method?: WeightMethod | undefined;
  /**
   * The largest weight that stays, as a multiple of the median one, 1 or more; or false to leave all as they are.
   * @default 5
   */
  readonly trim?: number | false | undefined;
  /**
   * Requests with feedback that a cell needs to stand for itself; smaller ones are pooled.
   * @default 5
   */
  readonly smallestCell?: number | undefined;
  /**
   * What is known of the population from elsewhere: for a label, how many have each value, as counts or shares. Requests
   * with another value are left out. Post-stratification takes it for one label only.
   * @default counted from the requests
   */
  readonly population?: KnownPopulation | undefined;
  /**
   * Which requests are the population: `logged`; those that were seen, `exposed`; or `auto`, exposed where at least 90 %
   * of the voted requests were recorded as such, else logged.
   * @default "auto"
   */
  readonly denominator?: DenominatorChoice | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
}

/** The requests of one combination of labels, and what each that has feedback counts for. */
export interface FeedbackCell {
  /** A value for each label; undefined for requests that have no such field. */
  readonly labels: readonly (string | undefined)[];
  readonly population: number;
  /** Requests with a standing vote. */
  readonly respondents: number;
  readonly untrimmedWeight: number;
  /** Above 0; 1 on average over the respondents of all cells. */
  readonly weight: number;
}

/** A mean of the human scores, 1 to 5. */
export type HumanMean = Pick<WeightedMean, "n" | "mean" | "standardError" | "ci" | "reason">;

interface Scope {
  readonly by: readonly string[];
  readonly method: WeightMethod;
  readonly denominator: Denominator;
}

/** Weights with which the requests that have feedback are like all, or why there are none. */
export type FeedbackWeights =
  | (Scope & {
      /** `nothing_to_weight`: there is one cell with enough feedback, or all are pooled, and every weight is 1. */
      readonly verdict: "weighted" | "nothing_to_weight";
      /** Those with feedback; what other functions take as `weights`. */
      readonly cells: readonly FeedbackCell[];
      /** What had too little feedback of its own and shares its weight with the rest of this list, label by label. */
      readonly pooled: readonly Category[];
      /** Respondents in these cells. */
      readonly n: number;
      /** Respondents in none of them, as a known population does not have their value. */
      readonly outsidePopulation: number;
      /** Respondents whose weight was cut. */
      readonly trimmed: number;
      /** How unequal the weights were before trimming, and are after it. */
      readonly spread: { readonly before: CellWeightSpread; readonly after: CellWeightSpread };
      /** The mean human score of the requests with feedback, as they are and weighted. */
      readonly humanScore: { readonly unweighted: HumanMean; readonly weighted: HumanMean };
      /** What has to hold for the weights to help: that within a cell, who answers has nothing to do with what they think. */
      readonly assumes: "missing_at_random_within_cells";
    })
  | (Scope & {
      /** The margins contradict each other in these requests: no weights meet them all. */
      readonly verdict: "not_converged";
      readonly sweeps: number;
    })
  | (Scope & {
      /** Too few requests with feedback to fill one cell. */
      readonly verdict: "not_enough_data";
      readonly needed: number;
      readonly have: number;
    });

/**
 * Weights requests with feedback so that each cohort counts for its share of all requests, not for how eagerly it
 * votes. The cohort comes from the request, where it is logged; requests without one are a cell of their own.
 *
 * Take the answer as `weights` of other functions. Weights cost precision, told by Kish's effective sample size and
 * design effect. They cannot repair feedback that depends on the outcome itself, as when only the angry vote:
 * `estimateSatisfaction` tells that from audits. Memory grows with the cells, not with the requests.
 *
 * The standard errors are linearised, from the spread within cells; with trimmed weights or the inverse rates of
 * several labels, from the whole spread. One request is taken to say nothing of another.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const weights = await weightFeedbackForBalance(store, { by: ["userCohort", "model"], method: "raking" });
 * if (weights.verdict === "weighted") console.log(weights.spread.after.effectiveSize, weights.humanScore.weighted.mean);
 */
export const weightFeedbackForBalance = async (
  store: Store,
  options: WeightOptions = {},
): Promise<FeedbackWeights> => {
  const { method = "post_stratification", denominator: choice = "auto", since, until, confidence } = options;
  const { by, trim, smallestCell } = checkOptions(options);
  const groups = await groupRequests(store, { by, since, until });
  const { denominator, sizeOf } = chooseDenominator(groups, choice);
  const scope = { by, method, denominator };
  const cells = groups.map((group) => ({
    labels: group.labels,
    population: sizeOf(group),
    respondents: group.voted,
    humanScore: group.humanScore,
  }));

  const weighting = weighCells(cells, { by, method, trim, smallestCell, population: options.population });
  if (weighting.verdict === "not_converged" || weighting.verdict === "not_enough_data")
    return { ...scope, ...weighting };

  const { verdict, weights, untrimmed, margins, pooled, outsidePopulation, trimmed, before, after } =
    weighting;
  const scores = weighting.cells.map(({ humanScore }) => humanScore);
  const meanOf = (given: Float64Array, of = margins): HumanMean => {
    const { n, mean, standardError, ci, reason } = weightedMeanOfMoments(scores, given, {
      margins: of,
      confidence,
    });
    return { n, mean, standardError, ci, reason };
  };
  return {
    verdict,
    ...scope,
    cells: weighting.cells.map(({ humanScore: _, ...cell }, at) => ({
      ...cell,
      untrimmedWeight: untrimmed[at]!,
      weight: weights[at]!,
    })),
    pooled,
    n: weighting.cells.reduce((sum, { respondents }) => sum + respondents, 0),
    outsidePopulation,
    trimmed,
    spread: { before, after },
    humanScore: {
      unweighted: meanOf(
        weights.map(() => 1),
        [],
      ),
      weighted: meanOf(weights),
    },
    assumes: "missing_at_random_within_cells",
  };
};

const checkOptions = (options: WeightOptions) => {
  const { method = "post_stratification", trim = 5, smallestCell = 5, population, since, until } = options;
  requirePeriod({ since, until });
  upperLevel(options);
  requireChoice("method", method, ["post_stratification", "inverse_rate", "raking"]);
  const by = requireLabels(options.by ?? "userCohort");
  if (trim !== false && !(trim >= 1)) throw new HeedError("INVALID_QUERY", "trim is below 1");
  requireSmallestCell(smallestCell);
  if (population) requirePopulation(population, by, method);
  return { by, trim, smallestCell };
};

const requireSmallestCell = (value: number): void => {
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new HeedError("INVALID_QUERY", "smallestCell is not a whole number from 1");
};

const requirePopulation = (
  population: KnownPopulation,
  by: readonly string[],
  method: WeightMethod,
): void => {
  if (method === "post_stratification" && by.length > 1)
    throw new HeedError("INVALID_QUERY", "post_stratification by several labels takes no known population");
  for (const [label, counts] of Object.entries(population)) {
    if (!by.includes(label)) throw new HeedError("INVALID_QUERY", "population has a label that is not in by");
    const values = Object.values(counts);
    if (!values.every((count) => Number.isFinite(count) && count >= 0) || !values.some((count) => count > 0))
      throw new HeedError("INVALID_QUERY", "population has no counts, or one that is negative or not finite");
  }
};
