import type { EvaluatorModel } from "@heed/schema";
import { brierScore } from "../../stats/brier-score.ts";
import { predictLogistic } from "../../stats/predict-logistic.ts";
import { ridgeLogistic, type SparseRows } from "../../stats/ridge-logistic.ts";
import type { Embed } from "../../text/embed.ts";
import { chooseSimplest } from "./choose-simplest.ts";
import { columnsOf, designRow, type LinearModel, type OutputVectors, withWeights } from "./design-row.ts";
import { bestVerdictThreshold, fitCurve, fitLine, readCurve, type WeightedLabels } from "./fit-curve.ts";
import { scoreFeature } from "./numeric-features.ts";
import { planCombine, planLearn } from "./plan-model.ts";
import type { LabelledOutput } from "./read-labels.ts";

/** A trained model before anything but its training was looked at. */
export interface Candidate {
  readonly model: EvaluatorModel;
  /** It says good from this probability on. */
  readonly threshold: number;
  /** Brier score on training outputs, each predicted by a model that saw nothing of its group. */
  readonly crossFittedBrier: number;
  /** The squared errors behind that, summed up by group. */
  readonly groupLosses: Float64Array;
}

export interface FitOptions {
  readonly score: string;
  readonly features: readonly string[];
  readonly embed: Embed | undefined;
  /** For each training output the number of its group. */
  readonly groupOf: Int32Array;
  /** For each training output its fold. */
  readonly foldOf: Int32Array;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (stage: EvaluatorModel["kind"]) => void;
}

/** The choices of penalty, the simplest model first. */
const penalties = [1_000, 100, 10, 1] as const;

/** Of fewer groups, folds differ so much in their shares of good labels that a line through all of them goes astray. */
const fewestGroupsForLine = 40;
const asItIs = { slope: 1, intercept: 0 };

/** What is true of the training outputs, and how they hang together. */
interface Training extends WeightedLabels {
  readonly outputs: readonly LabelledOutput[];
  readonly groupOf: Int32Array;
  /** What each group weighs. */
  readonly groupSizes: Float64Array;
  readonly folds: readonly { readonly seen: readonly number[]; readonly unseen: readonly number[] }[];
}

/** Trained candidates, the simplest first, and the one to go on with. */
export interface Candidates {
  readonly all: readonly Candidate[];
  readonly chosen: Candidate | null;
}

/** Trains the candidates on some outputs, as many as these allow: a score that never varies cannot be recalibrated. */
export const fitCandidates = async (
  outputs: readonly LabelledOutput[],
  options: FitOptions,
): Promise<Candidates> => {
  const { score, features, embed, groupOf, foldOf, signal, onProgress } = options;
  const weights = Float64Array.from(outputs, ({ weight }) => weight);
  const training: Training = {
    outputs,
    labels: Float64Array.from(outputs, ({ label }) => label),
    weights,
    groupOf,
    groupSizes: sumByGroup(weights, groupOf),
    folds: foldsOf(foldOf),
  };
  const pause = async (stage: EvaluatorModel["kind"]): Promise<void> => {
    onProgress(stage);
    // Training is long and never waits: whoever listens gets a turn.
    await new Promise((resume) => setImmediate(resume));
    signal?.throwIfAborted();
  };

  await pause("recalibrate");
  const recalibrated = fitRecalibration(score, training);
  await pause("combine");
  const plan = planCombine(outputs, features);
  const combined = fitLinear(plan, training, [], (ofPlain) => penaltiesOf(plan, score, ofPlain, ofPlain));
  await pause("learn");
  const learnPlan = await planLearn(plan, outputs, groupOf, embed);
  const learned =
    learnPlan &&
    fitLinear(learnPlan.model, training, learnPlan.vectors, (ofText) =>
      penaltiesOf(learnPlan.model, score, combined.penalty, ofText),
    );
  const all = [recalibrated, combined, learned].filter((candidate) => candidate !== null);
  const choice = chooseSimplest(
    all.map(({ groupLosses }) => groupLosses),
    training.groupSizes,
  );
  return { all, chosen: all[choice] ?? null };
};

/** A penalty for each column: the present score, from which all else is a departure, goes next to free. */
const penaltiesOf = (plan: LinearModel, score: string, ofPlain: number, ofText: number): Float64Array => {
  const plain = 2 * plan.numbers.length + plan.categories.length;
  const all = new Float64Array(columnsOf(plan)).fill(ofText).fill(ofPlain, 0, plain);
  const present = plan.numbers.findIndex(({ feature }) => feature === scoreFeature(score));
  if (present >= 0) all[present] = 1;
  return all;
};

const fitRecalibration = (score: string, training: Training): Candidate | null => {
  const { outputs, folds } = training;
  const scores = Float64Array.from(outputs, ({ request }) => request.evalScores[score]!);
  const curve = fitCurve(scores, training);
  if (!curve) return null;
  const crossFitted = new Float64Array(scores.length);
  for (const { seen, unseen } of folds) {
    const own = fitCurve(pickAt(scores, seen), pickTruth(training, seen)) ?? curve;
    const read = readCurve(own, pickAt(scores, unseen));
    for (const [at, place] of unseen.entries()) crossFitted[place] = read[at]!;
  }
  return {
    model: { kind: "recalibrate", curve },
    threshold: bestVerdictThreshold(readCurve(curve, scores), training),
    ...lossesOf(crossFitted, training),
  };
};

/**
 * Trains a linear model with the largest penalty that does well on outputs it did not see, and calibrates it on these.
 *
 * @param penaltiesAt the penalty of each column for a choice of them
 */
const fitLinear = (
  plan: LinearModel,
  training: Training,
  vectors: readonly OutputVectors[],
  penaltiesAt: (penalty: number) => Float64Array,
): Candidate & { readonly penalty: number } => {
  const rowOf = designRow(plan);
  const rows = training.outputs.map(({ request }, at) => rowOf(request, vectors[at]));
  const columns = columnsOf(plan);
  const folds = training.folds.map(({ seen, unseen }) => ({
    unseen,
    rows: stack(rows, seen, columns),
    truth: pickTruth(training, seen),
  }));
  const tried = penalties.map((penalty) => {
    const own = penaltiesAt(penalty);
    const logOdds = new Float64Array(rows.length);
    for (const fold of folds) {
      const { labels, weights } = fold.truth;
      const { intercept, coefficients } = ridgeLogistic(fold.rows, labels, { weights, penalties: own });
      for (const place of fold.unseen) logOdds[place] = intercept + times(rows[place]!, coefficients);
    }
    const line = training.groupSizes.length < fewestGroupsForLine ? asItIs : fitLine(logOdds, training);
    const crossFitted = logOdds.map((value) => predictLogistic(line, value));
    return { penalty, line, crossFitted, ...lossesOf(crossFitted, training) };
  });
  const choice = chooseSimplest(
    tried.map(({ groupLosses }) => groupLosses),
    training.groupSizes,
  );
  const { penalty, line, crossFitted, crossFittedBrier, groupLosses } = tried[choice]!;
  const { intercept, coefficients } = ridgeLogistic(stack(rows, [...rows.keys()], columns), training.labels, {
    weights: training.weights,
    penalties: penaltiesAt(penalty),
  });
  return {
    model: withWeights(
      plan,
      line.slope * intercept + line.intercept,
      coefficients.map((value) => line.slope * value),
    ),
    threshold: bestVerdictThreshold(crossFitted, training),
    crossFittedBrier,
    groupLosses,
    penalty,
  };
};

/** The Brier score of cross-fitted probabilities, and what it is made of. */
const lossesOf = (crossFitted: Float64Array, { labels, weights, groupOf }: Training) => ({
  crossFittedBrier: brierScore(crossFitted, labels, { weights })!,
  groupLosses: sumByGroup(
    crossFitted.map((chance, at) => weights[at]! * (chance - labels[at]!) ** 2),
    groupOf,
  ),
});

/** Sums of each group, in the order of their first members. */
const sumByGroup = (values: Float64Array, groupOf: Int32Array): Float64Array => {
  const sums = new Map<number, number>();
  for (const [at, group] of groupOf.entries()) sums.set(group, (sums.get(group) ?? 0) + values[at]!);
  return Float64Array.from(sums.values());
};

/** For each fold the places outside it, and those in it. */
const foldsOf = (foldOf: Int32Array) =>
  [...new Set(foldOf)].map((fold) => {
    const places = [...foldOf.keys()];
    return {
      seen: places.filter((at) => foldOf[at] !== fold),
      unseen: places.filter((at) => foldOf[at] === fold),
    };
  });

const pickAt = (column: Float64Array, places: readonly number[]): Float64Array =>
  Float64Array.from(places, (at) => column[at]!);

const pickTruth = ({ labels, weights }: WeightedLabels, places: readonly number[]): WeightedLabels => ({
  labels: pickAt(labels, places),
  weights: pickAt(weights, places),
});

type Row = ReturnType<ReturnType<typeof designRow>>;

const times = ({ places, values }: Row, coefficients: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < places.length; at++) sum += values[at]! * coefficients[places[at]!]!;
  return sum;
};

const stack = (rows: readonly Row[], places: readonly number[], columns: number): SparseRows => {
  const starts = new Int32Array(places.length + 1);
  for (const [at, place] of places.entries()) starts[at + 1] = starts[at]! + rows[place]!.places.length;
  const all = {
    columns,
    starts,
    places: new Int32Array(starts.at(-1)!),
    values: new Float64Array(starts.at(-1)!),
  };
  for (const [at, place] of places.entries()) {
    all.places.set(rows[place]!.places, starts[at]!);
    all.values.set(rows[place]!.values, starts[at]!);
  }
  return all;
};
