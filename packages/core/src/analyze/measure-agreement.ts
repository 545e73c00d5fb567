import { requireChoice, requireConfidence, requirePeriod, requireSeed } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { type CohenKappa, cohenKappa } from "../stats/cohen-kappa.ts";
import { type RatingLevel, ratingLevels } from "../stats/weighted-alpha.ts";
import type { Store } from "../store.ts";
import { affordableResamples } from "./affordable-resamples.ts";
import type { Agreement, AgreementWarning, KappaEstimate } from "./agreement.ts";
import { decisionShares } from "./decision-shares.ts";
import { type HumanCeiling, humanCeiling } from "./human-ceiling.ts";
import { readVerdicts } from "./read-verdicts.ts";
import { requireFinite } from "./require-finite.ts";
import { verdictCode, verdictCodes } from "./verdict-code.ts";

export interface AgreementOptions {
  /**
   * The name of the automatic score.
   * @default "overall"
   */
  readonly score?: string | undefined;
  /**
   * The evaluator says good from this score on, and bad below. Give this or `evaluatorNeutral`.
   * @default 0.7
   */
  readonly evaluatorThreshold?: number | undefined;
  /** The evaluator says bad below the first score, good above the second, and is neutral from the one to the other. */
  readonly evaluatorNeutral?: readonly [low: number, high: number] | undefined;
  /**
   * Humans say good above this human score, 1 to 5, and bad below; at it they are neutral.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * Whether neutral verdicts are left out of kappa, or are a category of their own.
   * @default "category" with a neutral band of the evaluator, else "leave_out"
   */
  readonly neutral?: "leave_out" | "category" | undefined;
  /**
   * What a vote means in the human ceiling: a name, a place in an order, or a number whose differences count.
   * @default "ordinal"
   */
  readonly alphaLevel?: RatingLevel | undefined;
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
   * Samples of requests behind the intervals of the human ceiling, two or more; 0 makes none. Fewer are drawn where samples times
   * votes go beyond 20 million, but never under 200.
   * @default 1000
   */
  readonly resamples?: number | undefined;
  /**
   * Where the random numbers of the samples start.
   * @default 1
   */
  readonly seed?: number | undefined;
}

/** The interval of kappa is one for large n: below this, it means nothing. */
const fewestVerdicts = 10;

/**
 * Measures how far an evaluator's verdicts, good or bad by a threshold on its score, agree with the humans', good or
 * bad by the mean of a request's standing votes: confusion matrix, Cohen's kappa, accuracy, precision and recall.
 * Beside them stands the human ceiling, how far users who voted on the same request agree with each other.
 *
 * The ceiling takes every user for one rater, by their rating where they gave both a thumb and a rating, and every
 * anonymous vote for a rater of its own. The evaluator is compared with the mean of all users, which is surer than
 * any one of them: kappa can lie above the ceiling.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * Source: `cohenKappa`, `krippendorffAlpha` and `wilsonInterval` name theirs.
 *
 * @example
 * const answer = await measureAgreement(store, { evaluatorThreshold: 0.8 });
 * if (answer.verdict === "estimated") console.log(answer.kappa, answer.humanCeiling, answer.warnings);
 */
export const measureAgreement = async (store: Store, options: AgreementOptions = {}): Promise<Agreement> => {
  const { score = "overall", evaluatorThreshold = 0.7, evaluatorNeutral, humanThreshold = 3 } = options;
  const { neutral = evaluatorNeutral ? "category" : "leave_out", alphaLevel = "ordinal" } = options;
  const { since, until, confidence = 0.95, resamples = 1000, seed = 1 } = options;
  requireConfidence(confidence);
  requireOptions(options);

  const humanCode = (value: number): number => verdictCode(value, humanThreshold, humanThreshold);
  const counted = (code: number): number =>
    neutral === "leave_out" && code === verdictCodes.neutral ? Number.NaN : code;
  const verdictOf = (value: number): number => counted(humanCode(value));
  const ceiling = humanCeiling({ alphaLevel, confidence, resamples, seed, verdictOf });
  let atThreshold = 0;
  const evaluatorCode = (value: number): number => {
    if (evaluatorNeutral) return verdictCode(value, ...evaluatorNeutral);
    if (value === evaluatorThreshold) atThreshold++;
    return value < evaluatorThreshold ? verdictCodes.bad : verdictCodes.good;
  };
  const { human, evaluator, table, dropped } = await readVerdicts(store, {
    score,
    since,
    until,
    humanCode,
    evaluatorCode,
    eachVote: ceiling.add,
  });

  const scope = {
    score,
    level: "request",
    dropped,
    confusion: { codes: verdictCodes, table },
    ties: {
      human: table[verdictCodes.neutral]!.reduce((sum, count) => sum + count, 0),
      neutral,
      evaluator: evaluatorNeutral ? null : atThreshold,
      evaluatorCountsAs: evaluatorNeutral ? "neutral" : "good",
    },
    humanCeiling: ceiling.measure(),
  } as const;
  const [a, b] = [human.map(counted), evaluator.map(counted)];
  const kappaWith = (weights: "none" | "linear" | "quadratic") =>
    cohenKappa(a, b, { weights, categories: 3, confidence });
  const plain = kappaWith("none");
  const { n } = plain;
  if (n < fewestVerdicts) return { verdict: "not_enough_data", ...scope, needed: fewestVerdicts, have: n };
  const constant = whichConstant(plain.table);
  if (constant) return { verdict: "no_variation", ...scope, n, constant };

  const isOrdered = evaluatorNeutral !== undefined && neutral === "category";
  const kappa = estimateOf(plain);
  return {
    verdict: "estimated",
    ...scope,
    n,
    kappa,
    kappaLinear: isOrdered ? estimateOf(kappaWith("linear")) : null,
    kappaQuadratic: isOrdered ? estimateOf(kappaWith("quadratic")) : null,
    ...decisionShares(table, confidence),
    warnings: warningsOf(kappa, scope.humanCeiling),
  };
};

const requireOptions = (options: AgreementOptions): void => {
  const { evaluatorThreshold, evaluatorNeutral, humanThreshold, neutral, alphaLevel } = options;
  const { resamples = 0, seed = 1 } = options;
  requirePeriod(options);
  if (evaluatorThreshold !== undefined) requireFinite("evaluatorThreshold", evaluatorThreshold);
  if (humanThreshold !== undefined) requireFinite("humanThreshold", humanThreshold);
  if (neutral !== undefined) requireChoice("neutral", neutral, ["leave_out", "category"]);
  if (alphaLevel !== undefined) requireChoice("alphaLevel", alphaLevel, ratingLevels);
  affordableResamples(resamples, 1);
  requireSeed(seed);
  if (evaluatorNeutral === undefined) return;
  if (evaluatorThreshold !== undefined)
    throw new HeedError("INVALID_QUERY", "evaluatorThreshold and evaluatorNeutral exclude each other");
  if (!(evaluatorNeutral[0] <= evaluatorNeutral[1]))
    throw new HeedError("INVALID_QUERY", "evaluatorNeutral is not a low and a high score");
};

/** Which side says the same of every request, if any does. */
const whichConstant = (table: CohenKappa["table"]) => {
  const used = (counts: readonly number[]): boolean => counts.some((count) => count > 0);
  const humanIs = table.filter(used).length < 2;
  const scoreIs = table.filter((_, column) => used(table.map((row) => row[column]!))).length < 2;
  return humanIs && scoreIs ? "both" : humanIs ? "humanScore" : scoreIs ? "score" : null;
};

/** Where both sides vary, there is a kappa. */
const estimateOf = ({ kappa, ci }: CohenKappa): KappaEstimate => ({ kappa: kappa!, ci });

const warningsOf = ({ kappa }: KappaEstimate, ceiling: HumanCeiling): readonly AgreementWarning[] => {
  if (ceiling.verdict !== "estimated") return [];
  const { ofVerdicts } = ceiling;
  const warnings: AgreementWarning[] = [];
  if (ofVerdicts && kappa >= (ofVerdicts.ci?.[0] ?? ofVerdicts.alpha)) warnings.push("at_human_ceiling");
  if ((ceiling.ci?.[0] ?? ceiling.alpha) <= 0) warnings.push("humans_disagree");
  return warnings;
};
