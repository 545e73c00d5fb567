import { binaryAgreement } from "../../stats/binary-agreement.ts";
import { isotonicRegression } from "../../stats/isotonic-regression.ts";
import { plattScaling } from "../../stats/platt-scaling.ts";
import { predictIsotonic } from "../../stats/predict-isotonic.ts";
import { predictLogistic } from "../../stats/predict-logistic.ts";
import { round } from "./design-row.ts";

/** Labels beside what each counts. */
export interface WeightedLabels {
  readonly labels: Float64Array;
  readonly weights: Float64Array;
}

/** Below, isotonic regression follows its data too closely: see `isotonicRegression`. */
const fewestForIsotonic = 1_000;

export type Curve = { slope: number; intercept: number } | { knots: [number, number][] };

/** The curve that recalibrates a score: Platt's, and isotonic from 1,000 labels; null where there is none. */
export const fitCurve = (scores: Float64Array, { labels, weights }: WeightedLabels): Curve | null => {
  const { slope, intercept } = plattScaling(scores, labels, { weights });
  if (slope === null || intercept === null) return null;
  // Isotonic cannot fall: an evaluator that is the wrong way round needs the other curve.
  if (scores.length < fewestForIsotonic || slope < 0)
    return { slope: round(slope), intercept: round(intercept) };
  const { knots } = isotonicRegression(scores, labels, { weights });
  // Certainty is more than any number of labels gives.
  const edge = 1 / (labels.length + 2);
  return { knots: knots!.map(([x, y]) => [x, round(Math.min(1 - edge, Math.max(edge, y)))]) };
};

/** Reads a curve at some scores. */
export const readCurve = (curve: Curve, scores: Float64Array): Float64Array =>
  scores.map((score) =>
    "knots" in curve ? predictIsotonic(curve.knots, score) : predictLogistic(curve, score),
  );

/**
 * The line that brings log-odds of outputs which a model did not see to where their labels say: Platt's. Where it would
 * fall, the model knows nothing, and the line is level at the share of good labels.
 */
export const fitLine = (logOdds: Float64Array, { labels, weights }: WeightedLabels) => {
  const { slope, intercept } = plattScaling(logOdds, labels, { weights });
  if (slope !== null && intercept !== null && slope > 0) return { slope, intercept };
  const share = meanOf(labels, weights);
  return { slope: 0, intercept: Math.log(share / (1 - share)) };
};

/**
 * From where on to say good, so that the verdicts agree best with humans, by kappa: 0.5 where nothing is known. Each
 * label counts as half of itself and half of its probability: that is steadier than labels alone, which put the best
 * threshold now here, now there, and less credulous than probabilities alone.
 */
export const bestVerdictThreshold = (
  probabilities: Float64Array,
  { labels, weights }: WeightedLabels,
): number => {
  const truths = probabilities.map((chance, at) => (chance + labels[at]!) / 2);
  const order = Uint32Array.from(probabilities.keys()).sort((a, b) => probabilities[b]! - probabilities[a]!);
  const all = sumOf(weights);
  const good = sumOf(truths.map((truth, at) => weights[at]! * truth));
  let [threshold, most] = [0.5, 0];
  let [passed, hits] = [0, 0];
  for (const [rank, at] of order.entries()) {
    passed += weights[at]!;
    hits += weights[at]! * truths[at]!;
    const next = order[rank + 1];
    if (next === undefined || probabilities[next] === probabilities[at]) continue;
    const { kappa } = binaryAgreement({
      bothOne: hits,
      falseOne: passed - hits,
      falseZero: good - hits,
      bothZero: all - passed - (good - hits),
    });
    if (kappa !== null && kappa > most)
      [threshold, most] = [(probabilities[at]! + probabilities[next]!) / 2, kappa];
  }
  return round(threshold);
};

/** A weighted mean. */
export const meanOf = (values: Float64Array, weights: Float64Array): number => {
  return sumOf(values.map((value, at) => weights[at]! * value)) / sumOf(weights);
};

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
