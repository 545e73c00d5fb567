import type { EvaluatorMetrics } from "@heed/schema";
import { affordableResamples } from "../../analyze/affordable-resamples.ts";
import { binaryAgreement } from "../../stats/binary-agreement.ts";
import { brierScore } from "../../stats/brier-score.ts";
import { clusterBootstrap } from "../../stats/cluster-bootstrap.ts";
import { denseRanks } from "../../stats/dense-ranks.ts";
import { expectedCalibrationError } from "../../stats/expected-calibration-error.ts";
import { weightedSpearman } from "../../stats/weighted-spearman.ts";
import { meanOf } from "./fit-curve.ts";

/** What an evaluator says of some outputs. */
export interface Predictions {
  /** On a scale of its own; higher is better. */
  readonly score: Float64Array;
  /** That score as a probability of good, 0 to 1. */
  readonly probability: Float64Array;
  /** It says good from this score on. */
  readonly threshold: number;
}

/** What is true of these outputs. */
export interface HeldOut {
  readonly labels: Float64Array;
  readonly humanScores: Float64Array;
  readonly weights: Float64Array;
  /** For each output the number of its group. */
  readonly groups: Int32Array;
}

export interface ResampleOptions {
  readonly confidence: number;
  readonly resamples: number;
  readonly seed: number;
}

type Measure = keyof EvaluatorMetrics;

/** What is better: more of it, or less. */
const better = { kappa: 1, balancedAccuracy: 1, spearman: 1, brier: -1, ece: -1 } as const satisfies Record<
  Measure,
  1 | -1
>;
const measureNames = Object.keys(better) as readonly Measure[];

/** The measures of some predictions, and what they come to on each sample of groups. */
export interface Measured {
  readonly metrics: EvaluatorMetrics;
  readonly samples: Readonly<Record<Measure, readonly (number | null)[]>>;
}

/** Measures predictions on held-out outputs: intervals are drawn from whole groups. */
export const measurePredictions = (
  predictions: Predictions,
  heldOut: HeldOut,
  options: ResampleOptions,
): Measured => {
  const measures = measuresOf(predictions, heldOut);
  const samples: Record<Measure, (number | null)[]> = {
    kappa: [],
    balancedAccuracy: [],
    spearman: [],
    brier: [],
    ece: [],
  };
  const estimate = (name: Measure) => {
    const { ci } = bootstrap(heldOut, options, (multiplicity) => {
      const value = measures[name](weighted(multiplicity, heldOut));
      samples[name].push(value);
      return value;
    });
    return { value: measures[name](heldOut.weights), ci: ci && ([...ci] as [number, number]) };
  };
  return { metrics: eachMeasure(estimate), samples };
};

/** How much better one evaluator is than another, on the same outputs and the same samples of them. */
export const measureGains = (
  candidate: Measured,
  present: Measured,
  heldOut: HeldOut,
  options: ResampleOptions,
): EvaluatorMetrics =>
  eachMeasure((name) => {
    const gain = (mine: number | null, theirs: number | null): number | null =>
      mine === null || theirs === null ? null : better[name] === 1 ? mine - theirs : theirs - mine;
    let round = 0;
    const { ci } = bootstrap(heldOut, options, () => {
      const at = round++;
      return gain(candidate.samples[name][at]!, present.samples[name][at]!);
    });
    const value = gain(candidate.metrics[name].value, present.metrics[name].value);
    return { value, ci: ci && ([...ci] as [number, number]) };
  });

/**
 * How much better an evaluator's Brier score is than that of the best constant: the very share of good labels among these
 * outputs, in each sample of them anew. A share from elsewhere would be off by chance, and a constant a little nearer to
 * this one would seem to know something.
 */
export const measureGainOnBaseRate = (
  { metrics, samples }: Measured,
  heldOut: HeldOut,
  options: ResampleOptions,
): EvaluatorMetrics["brier"] => {
  const gain = (weights: Float64Array, brier: number | null): number | null => {
    if (brier === null) return null;
    const share = meanOf(heldOut.labels, weights);
    return share * (1 - share) - brier;
  };
  let round = 0;
  const { ci } = bootstrap(heldOut, options, (multiplicity) =>
    gain(weighted(multiplicity, heldOut), samples.brier[round++]!),
  );
  return { value: gain(heldOut.weights, metrics.brier.value), ci: ci && ([...ci] as [number, number]) };
};

const weighted = (multiplicity: Float64Array, { weights }: HeldOut): Float64Array =>
  multiplicity.map((times, at) => times * weights[at]!);

/** The same seed draws the same samples, so that evaluators are compared on like with like. */
const bootstrap = (
  { groups }: HeldOut,
  { confidence, resamples, seed }: ResampleOptions,
  statistic: (multiplicity: Float64Array) => number | null,
) =>
  clusterBootstrap(groups, statistic, {
    confidence,
    seed,
    resamples: affordableResamples(resamples, groups.length),
  });

const eachMeasure = (estimate: (name: Measure) => EvaluatorMetrics[Measure]): EvaluatorMetrics =>
  Object.fromEntries(measureNames.map((name) => [name, estimate(name)])) as EvaluatorMetrics;

const measuresOf = (
  { score, probability, threshold }: Predictions,
  { labels, humanScores }: HeldOut,
): Record<Measure, (weights: Float64Array) => number | null> => {
  // Their ranks are all that a rank correlation looks at: sorted once, not for every sample.
  const ranks = Float64Array.from(denseRanks(score).codes);
  const humanRanks = Float64Array.from(denseRanks(humanScores).codes);
  const agreement = (weights: Float64Array) => {
    const counts = [0, 0, 0, 0];
    for (let at = 0; at < labels.length; at++)
      counts[(score[at]! >= threshold ? 2 : 0) + labels[at]!]! += weights[at]!;
    const [bothZero, falseZero, falseOne, bothOne] = counts as [number, number, number, number];
    return binaryAgreement({ bothOne, falseOne, falseZero, bothZero });
  };
  return {
    kappa: (weights) => agreement(weights).kappa,
    balancedAccuracy: (weights) => agreement(weights).balancedAccuracy,
    spearman: (weights) => weightedSpearman(ranks, humanRanks, weights).r,
    brier: (weights) => brierScore(probability, labels, { weights }),
    ece: (weights) => expectedCalibrationError(probability, labels, { weights }).error,
  };
};
