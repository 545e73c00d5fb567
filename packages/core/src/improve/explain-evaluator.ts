import type { Evaluator } from "@heed/schema";
import { HeedError } from "../errors.ts";
import type { LinearModel } from "./evaluator/design-row.ts";
import { outputScorer } from "./evaluator/score-output.ts";
import { readEvaluator } from "./load-evaluator.ts";

export interface ExplainEvaluatorOptions {
  /**
   * The most reasons on a side.
   * @default 10
   */
  readonly limit?: number | undefined;
}

/** Something that an evaluator goes by, and what it does to the odds that it gives of good. */
export interface Influence {
  /**
   * `number`: a score, as `score:overall`, or a length, overlap or refusal; `missing`: that there is none; `label`: a value
   * of a label; `term`: a word, or two, of the prompt or the output.
   */
  readonly kind: "number" | "missing" | "label" | "term";
  /** The feature, the label, or `prompt` or `output`. */
  readonly of: string;
  /** The value of the label, or the term; null for numbers. Terms are words that users and models wrote. */
  readonly value: string | null;
  /** What it adds to the log-odds: see `per`. */
  readonly logOdds: number;
  /** What it multiplies the odds by; below 1 it makes good less likely. */
  readonly oddsRatio: number;
  /**
   * For what: one standard deviation more of a number; being there; a text that consists of nothing but the term, of which
   * a longer text gets a part.
   */
  readonly per: "standard_deviation" | "presence" | "whole_text";
  /** Of a number, in the training outputs; null for all else. Lengths are in log words. */
  readonly scale: { readonly mean: number; readonly sd: number } | null;
}

/** What a score is read as. */
export interface CurvePoint {
  /** The present evaluator's. */
  readonly score: number;
  /** That humans call it good, 0 to 1. */
  readonly probability: number;
  readonly verdict: "good" | "bad";
}

interface Explained {
  readonly name: string;
  readonly version: string;
  /** It says good from this probability on. */
  readonly threshold: number;
}

/** What an evaluator goes by. */
export type EvaluatorExplanation =
  | (Explained & {
      readonly kind: "recalibrate";
      /** The score that it reads. */
      readonly score: string;
      /** `falling`: it takes high scores of the present evaluator for bad ones. */
      readonly direction: "rising" | "falling" | "level";
      /** In the order of the scores. */
      readonly curve: readonly CurvePoint[];
    })
  | (Explained & {
      readonly kind: "combine" | "learn";
      /** For an output with all numbers at their mean, and no label or term that it knows. */
      readonly startsAt: number;
      /** What makes good more likely, the strongest first. */
      readonly for: readonly Influence[];
      /** What makes it less likely, the strongest first. */
      readonly against: readonly Influence[];
      /** What is in neither list, for want of room. */
      readonly more: { readonly for: number; readonly against: number };
      /** Numbers of the host's embeddings, which say nothing to people. */
      readonly embeddings: readonly { readonly of: "prompt" | "output"; readonly numbers: number }[];
    });

/**
 * Says what an evaluator goes by, for people to read and to object: the curve that it reads a score by, at a few scores;
 * or what counts for and against an output. How verdicts move against the present evaluator, and where, is in
 * `moved` of a report.
 *
 * Influences are those of the model, not of the world: of two numbers that go together, as two scores, each has a part, and
 * a word that good answers happen to have need not make one good. Terms are compared with numbers as a whole text would
 * be, and so look strong: a text of a hundred words has a small part of any.
 *
 * @param evaluator an artefact, as text or parsed
 *
 * @throws HeedError `INVALID_QUERY` for what is no evaluator, or a limit that is no whole number above 0
 *
 * @example
 * const explanation = explainEvaluator(report.chosen.evaluator, { limit: 5 });
 * if (explanation.kind !== "recalibrate") for (const { of, value, oddsRatio } of explanation.against) console.log(of, value, oddsRatio);
 */
export const explainEvaluator = (
  evaluator: Evaluator | string,
  { limit = 10 }: ExplainEvaluatorOptions = {},
): EvaluatorExplanation => {
  if (!(Number.isSafeInteger(limit) && limit >= 1))
    throw new HeedError("INVALID_QUERY", "limit is not a whole number above 0");
  const checked = readEvaluator(evaluator);
  const { name, version, threshold, model } = checked;
  const explained = { name, version, threshold };
  if (model.kind === "recalibrate") {
    const probabilityOf = outputScorer(checked);
    const curve = telling(model.curve).map((score): CurvePoint => {
      const probability = probabilityOf({ evalScores: { [checked.score]: score } })!;
      return { score, probability, verdict: probability >= threshold ? "good" : "bad" };
    });
    const rise = curve.at(-1)!.probability - curve[0]!.probability;
    return {
      kind: "recalibrate",
      ...explained,
      score: checked.score,
      direction: rise > 0 ? "rising" : rise < 0 ? "falling" : "level",
      curve,
    };
  }
  const all = influencesOf(model).filter(({ logOdds }) => logOdds !== 0);
  const forGood = all.filter(({ logOdds }) => logOdds > 0).sort((a, b) => b.logOdds - a.logOdds);
  const against = all.filter(({ logOdds }) => logOdds < 0).sort((a, b) => a.logOdds - b.logOdds);
  return {
    kind: model.kind,
    ...explained,
    startsAt: 1 / (1 + Math.exp(-model.intercept)),
    for: forGood.slice(0, limit),
    against: against.slice(0, limit),
    more: {
      for: Math.max(0, forGood.length - limit),
      against: Math.max(0, against.length - limit),
    },
    embeddings:
      model.kind === "learn"
        ? model.embeddings.map(({ of, weights }) => ({ of, numbers: weights.length }))
        : [],
  };
};

/** The scores at which a logistic curve reads these probabilities, or the ends and some knots of one of straight pieces. */
const telling = (curve: Extract<Evaluator["model"], { kind: "recalibrate" }>["curve"]): readonly number[] => {
  if ("knots" in curve) {
    const scores = curve.knots.map(([score]) => score);
    const places = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * (scores.length - 1)));
    return [...new Set(places)].map((place) => scores[place]!);
  }
  const { slope, intercept } = curve;
  if (slope === 0) return [0];
  return [0.1, 0.25, 0.5, 0.75, 0.9]
    .map((share) => (Math.log(share / (1 - share)) - intercept) / slope)
    .sort((a, b) => a - b);
};

const influencesOf = (model: LinearModel): readonly Influence[] => [
  ...model.numbers.map(({ feature, mean, sd, weight }) =>
    influence("number", feature, null, weight, "standard_deviation", { mean, sd }),
  ),
  ...model.numbers.map(({ feature, missing }) => influence("missing", feature, null, missing, "presence")),
  ...model.categories.map(({ label, value, weight }) => influence("label", label, value, weight, "presence")),
  ...(model.kind === "learn" ? model.texts : []).flatMap(({ of, terms, weights }) =>
    terms.map((term, at) => influence("term", of, term, weights[at]!, "whole_text")),
  ),
];

const influence = (
  kind: Influence["kind"],
  of: string,
  value: string | null,
  logOdds: number,
  per: Influence["per"],
  scale: Influence["scale"] = null,
): Influence => ({ kind, of, value, logOdds, oddsRatio: Math.exp(logOdds), per, scale });
