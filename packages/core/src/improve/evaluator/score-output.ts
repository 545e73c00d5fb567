import type { Evaluator } from "@heed/schema";
import { predictIsotonic } from "../../stats/predict-isotonic.ts";
import { predictLogistic } from "../../stats/predict-logistic.ts";
import { designRow, type OutputVectors, weightsOf } from "./design-row.ts";
import type { ScorableOutput } from "./scorable-output.ts";

/** The probability, 0 to 1, that humans call an output good; null where the evaluator lacks what it goes by. */
export type OutputScorer = (output: ScorableOutput, vectors?: OutputVectors) => number | null;

/** Makes the scorer of a model. */
export const outputScorer = ({ score, model }: Pick<Evaluator, "score" | "model">): OutputScorer => {
  if (model.kind === "recalibrate") {
    const { curve } = model;
    return ({ evalScores = {} }) => {
      const given = Object.hasOwn(evalScores, score) ? evalScores[score]! : Number.NaN;
      if (!Number.isFinite(given)) return null;
      return "knots" in curve ? predictIsotonic(curve.knots, given) : predictLogistic(curve, given);
    };
  }
  const rowOf = designRow(model);
  const weights = weightsOf(model);
  return (output, vectors) => {
    const { places, values } = rowOf(output, vectors);
    let logOdds = model.intercept;
    for (let at = 0; at < places.length; at++) logOdds += weights[places[at]!]! * values[at]!;
    return 1 / (1 + Math.exp(-logOdds));
  };
};
