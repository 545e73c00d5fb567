import { hash } from "node:crypto";
import type { Evaluator, EvaluatorMetrics } from "@heed/schema";
import type { CellWeights } from "../bias/cell-weights.ts";
import { requireConfidence, requirePeriod, requireSeed, requireTexts } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { spearman } from "../stats/spearman.ts";
import type { Store } from "../store.ts";
import type { Embed } from "../text/embed.ts";
import { describeMoves, guardSegments, type Moves } from "./evaluator/describe-moves.ts";
import { type Candidate, fitCandidates } from "./evaluator/fit-candidates.ts";
import { bestVerdictThreshold, meanOf } from "./evaluator/fit-curve.ts";
import { type GroupKey, groupOutputs, type OutputGroups } from "./evaluator/group-outputs.ts";
import { type GateReason, type GuardedSegment, judgeCandidate } from "./evaluator/judge-candidate.ts";
import {
  type HeldOut,
  type Measured,
  measureGains,
  measurePredictions,
  type Predictions,
  type ResampleOptions,
} from "./evaluator/measure-predictions.ts";
import { embedOutputs } from "./evaluator/plan-model.ts";
import { type DroppedLabels, type LabelledOutput, readLabels } from "./evaluator/read-labels.ts";
import { outputScorer } from "./evaluator/score-output.ts";
import { versionOf } from "./evaluator/seal-evaluator.ts";
import { dealFolds, splitOutputs } from "./evaluator/split-outputs.ts";

export interface RetrainOptions {
  /**
   * The name of the present evaluator's score.
   * @default "overall"
   */
  readonly score?: string | undefined;
  /**
   * The present evaluator says good from this score on.
   * @default 0.7; where scores leave 0 to 1, the one that agrees best with the training labels
   */
  readonly evaluatorThreshold?: number | undefined;
  /**
   * The lowest and the highest score that the present evaluator gives, which stand for the probabilities 0 and 1.
   * @default [0, 1], or the ends of the training scores where these leave it
   */
  readonly scoreRange?: readonly [low: number, high: number] | undefined;
  /**
   * Humans say good above this human score, 1 to 5, and bad below; at it they have no verdict.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * Labels that the evaluator may go by: `model`, `promptVersion`, or metadata keys.
   * @default ["model", "promptVersion"]
   */
  readonly features?: readonly string[] | undefined;
  /** The host's embedding model, in place of the words of the texts. */
  readonly embed?: Embed | undefined;
  /**
   * Share of the labels that no candidate sees, from 0.1 to 0.5.
   * @default 0.3, or more where it takes that for 24 groups
   */
  readonly holdout?: number | undefined;
  /**
   * What is never on both sides: `user`, `prompt`, or the value of a label. Where too few groups would be left, the first
   * are let go, and the answer says so.
   * @default ["user", "prompt", "conversationId"]
   */
  readonly groupBy?: readonly GroupKey[] | undefined;
  /**
   * Labels whose kinds of output are guarded.
   * @default ["model", "promptVersion", "userCohort"]
   */
  readonly guard?: readonly string[] | undefined;
  /**
   * Held-out outputs that a kind needs to be guarded: of fewer, five points are chance.
   * @default 100
   */
  readonly guardSmallest?: number | undefined;
  /** What each label counts for, from `weightFeedbackForBalance`. */
  readonly weights?: CellWeights | undefined;
  /**
   * Ids of feedback events that do not count, from `flagSuspiciousFeedback`.
   * @default []
   */
  readonly flagged?: readonly string[] | undefined;
  /**
   * The most labels to learn from, the newest.
   * @default 50000
   */
  readonly mostLabels?: number | undefined;
  /**
   * What the evaluator is called.
   * @default the name of the score
   */
  readonly name?: string | undefined;
  /**
   * The version that the new one is to follow.
   * @default null
   */
  readonly parent?: string | null | undefined;
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
   * Samples that intervals are drawn from, fewer where that would take long.
   * @default 1000
   */
  readonly resamples?: number | undefined;
  /**
   * Where the random numbers start: the same seed gives the same evaluator.
   * @default 1
   */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Hears what is being done, and how much of it. */
  readonly onProgress?: ((progress: RetrainProgress) => void) | undefined;
}

/** Where a training is. */
export type RetrainProgress =
  | { readonly stage: "read"; readonly done: number; readonly all: number }
  | { readonly stage: "recalibrate" | "combine" | "learn" | "prove" };

/** A trained evaluator beside the present one. */
export interface CandidateReport {
  readonly kind: Evaluator["model"]["kind"];
  /** Brier score on the training outputs, each predicted without its group: what the choice among candidates goes by. */
  readonly crossFittedBrier: number;
  /** On the held-out outputs. */
  readonly metrics: EvaluatorMetrics;
  /** Above 0 is better than the present evaluator, of every measure. */
  readonly gains: EvaluatorMetrics;
  /** In Brier score, against giving every output the share of good training labels. */
  readonly gainOnBaseRate: EvaluatorMetrics["brier"];
  readonly segments: readonly GuardedSegment[];
  readonly moved: Moves;
  /** What speaks against it; nothing where it may take over. */
  readonly reasons: readonly GateReason[];
  readonly evaluator: Evaluator;
}

interface Scope {
  readonly score: string;
  readonly level: "request";
  readonly dropped: DroppedLabels;
}

/** What a training came to: whether an evaluator proved itself better than the present one, and all that was measured. */
export type Retraining =
  | (Scope & {
      /** `promote`: the chosen candidate passed the gate; `keep_present`: it did not, or there is none. */
      readonly verdict: "promote" | "keep_present";
      /** Labels: outputs with a human verdict and the score. */
      readonly n: number;
      readonly trainedOn: { readonly n: number; readonly good: number };
      readonly heldOut: {
        readonly n: number;
        readonly good: number;
        readonly groups: number;
        /** Keep these out of other training, too: `exportDataset` takes them as `exclude`. */
        readonly requestIds: readonly string[];
      };
      readonly grouping: Omit<OutputGroups, "groupOf">;
      readonly present: {
        readonly threshold: number;
        readonly scoreRange: readonly [number, number];
        readonly metrics: EvaluatorMetrics;
        /** Whether its scores are the wrong way round: higher where humans say worse, beyond chance. */
        readonly inverted: boolean;
      };
      readonly candidates: readonly CandidateReport[];
      /** The best on the training outputs; the only one that the gate is asked about. Null without any. */
      readonly chosen: CandidateReport | null;
      /** Why there is no promotion; nothing where there is. */
      readonly reasons: readonly (GateReason | "no_candidate")[];
    })
  | (Scope & {
      readonly verdict: "not_enough_data";
      /** What is short: labels at all, or labels of one verdict. */
      readonly lacking: "labels" | "good_labels" | "bad_labels";
      readonly needed: number;
      readonly have: number;
    });

const fewestLabels = 50;
const fewestOfEach = 10;
const folds = 5;

/**
 * Trains an evaluator on what humans say, and has it prove itself against the present one on outputs that it never saw.
 * The answer is a report either way.
 *
 * Labels are the standing votes of a request, on the mean above or below `humanThreshold`. Three candidates are trained:
 * `recalibrate` turns the present score into a probability, by Platt scaling, and from 1,000 labels by isotonic
 * regression; `combine` is a ridge logistic model over all named scores, lengths, the overlap of prompt and output,
 * refusals in English, and `features`; `learn` adds the words of prompt and output, or the host's embeddings. Penalties
 * and thresholds are chosen by five-fold cross-fitting over whole groups.
 *
 * **The gate.** The candidate that did best in cross-fitting, and no other, is measured on the held-out groups. It is to
 * be promoted only if its Brier score is better than the present evaluator's and than that of a constant, both by an
 * interval that leaves out zero; if its verdicts agree with humans at least as well, by kappa; and if no guarded kind of
 * output falls by more than five points of accuracy. The present score stands for a probability by its place in
 * `scoreRange`. Intervals are drawn from whole groups, and need 20 of them.
 *
 * Deterministic: the same store, options and seed give the same evaluator, byte by byte.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`; the reason of the `signal`, once it is aborted; and
 * what `embed` throws
 *
 * Source: J. C. Platt (1999) and others, see `plattScaling`, `isotonicRegression`, `ridgeLogistic`, `clusterBootstrap`;
 * choosing on one part and proving on another: T. Hastie, R. Tibshirani, J. Friedman, "The Elements of Statistical
 * Learning", 2nd edition, chapter 7.
 *
 * @example
 * const report = await retrainEvaluator(store, { score: "overall" });
 * if (report.verdict === "promote") await promoteEvaluator(store, report.chosen.evaluator, { directory: "evaluators" });
 */
export const retrainEvaluator = async (store: Store, options: RetrainOptions = {}): Promise<Retraining> => {
  const settings = settingsOf(options);
  const { score, onProgress, seed, groupBy, holdout } = settings;
  const { outputs, dropped } = await readLabels(store, {
    ...settings,
    onProgress: (done, all) => onProgress({ stage: "read", done, all }),
  });
  const scope = { score, level: "request", dropped } as const;
  const good = outputs.filter(({ label }) => label === 1).length;
  const short = whatIsShort(outputs.length, good);
  if (short) return { verdict: "not_enough_data", ...scope, ...short };

  const { groupOf, ...grouping } = groupOutputs(outputs, groupBy);
  const split = splitOutputs(outputs, { ...grouping, groupOf }, { holdout, seed });
  const training = split.training.map((at) => outputs[at]!);
  const unseen = split.heldOut.map((at) => outputs[at]!);
  const trainingGroups = Int32Array.from(split.training, (at) => groupOf[at]!);
  const foldOf = dealFolds(training, trainingGroups, { folds, seed });
  const candidates = hasBoth(training)
    ? await fitCandidates(training, {
        ...settings,
        groupOf: trainingGroups,
        foldOf,
        onProgress: (stage) => onProgress({ stage }),
      })
    : { all: [], chosen: null };

  onProgress({ stage: "prove" });
  const present = presentPredictions(training, unseen, settings);
  const heldOut: HeldOut = {
    labels: Float64Array.from(unseen, ({ label }) => label),
    humanScores: Float64Array.from(unseen, (output) => output.humanScore),
    weights: Float64Array.from(unseen, ({ weight }) => weight),
    groups: Int32Array.from(split.heldOut, (at) => groupOf[at]!),
  };
  const measured = measurePredictions(present.predictions, heldOut, settings);
  const prove = prover({
    training,
    unseen,
    heldOut,
    present: present.predictions,
    measured,
    grouping,
    settings,
  });
  const reports: CandidateReport[] = [];
  for (const candidate of candidates.all) reports.push(await prove(candidate));
  const chosen = reports.find(({ kind }) => kind === candidates.chosen?.model.kind) ?? null;
  const reasons = chosen?.reasons ?? (["no_candidate"] as const);
  const { ci: direction } = spearman(
    outputs.map(({ request }) => request.evalScores[score]!),
    outputs.map((output) => output.humanScore),
  );
  return {
    verdict: reasons.length === 0 ? "promote" : "keep_present",
    ...scope,
    n: outputs.length,
    trainedOn: countGood(training),
    heldOut: {
      ...countGood(unseen),
      groups: new Set(heldOut.groups).size,
      requestIds: unseen.map(({ request }) => request.requestId),
    },
    grouping,
    present: {
      threshold: present.predictions.threshold,
      scoreRange: present.scoreRange,
      metrics: measured.metrics,
      inverted: direction !== null && direction[1] < 0,
    },
    candidates: reports,
    chosen,
    reasons,
  };
};

const settingsOf = (options: RetrainOptions) => {
  const { score = "overall", humanThreshold = 3, holdout = 0.3, confidence = 0.95, seed = 1 } = options;
  const { mostLabels = 50_000, guardSmallest = 100, scoreRange, evaluatorThreshold } = options;
  const features = options.features ?? ["model", "promptVersion"];
  const groupBy = options.groupBy ?? ["user", "prompt", "conversationId"];
  const guard = options.guard ?? ["model", "promptVersion", "userCohort"];
  const flagged = options.flagged ?? [];
  requirePeriod(options);
  requireConfidence(confidence);
  requireSeed(seed);
  for (const [name, texts] of Object.entries({ features, groupBy, guard, flagged }))
    requireTexts(name, texts);
  const refuse = (problem: string): never => {
    throw new HeedError("INVALID_QUERY", problem);
  };
  if (!(humanThreshold >= 1 && humanThreshold <= 5)) refuse("humanThreshold is not between 1 and 5");
  if (!(holdout >= 0.1 && holdout <= 0.5)) refuse("holdout is not between 0.1 and 0.5");
  if (!(Number.isSafeInteger(mostLabels) && mostLabels >= fewestLabels))
    refuse(`mostLabels is not a whole number from ${fewestLabels}`);
  if (!(guardSmallest >= 1)) refuse("guardSmallest is not at least 1");
  if (scoreRange && !(scoreRange[0] < scoreRange[1])) refuse("scoreRange does not rise");
  return {
    score,
    humanThreshold,
    holdout,
    confidence,
    seed,
    mostLabels,
    guardSmallest,
    scoreRange,
    evaluatorThreshold,
    features,
    groupBy,
    guard,
    flagged,
    resamples: options.resamples ?? 1000,
    embed: options.embed,
    weights: options.weights,
    name: options.name ?? score,
    parent: options.parent ?? null,
    since: options.since,
    until: options.until,
    signal: options.signal,
    onProgress: options.onProgress ?? (() => {}),
  };
};

type Settings = ReturnType<typeof settingsOf>;

const whatIsShort = (labels: number, good: number) => {
  if (labels < fewestLabels) return { lacking: "labels", needed: fewestLabels, have: labels } as const;
  if (good < fewestOfEach) return { lacking: "good_labels", needed: fewestOfEach, have: good } as const;
  const bad = labels - good;
  if (bad < fewestOfEach) return { lacking: "bad_labels", needed: fewestOfEach, have: bad } as const;
  return null;
};

const countGood = (outputs: readonly LabelledOutput[]) => ({
  n: outputs.length,
  good: outputs.filter(({ label }) => label === 1).length,
});

const hasBoth = (outputs: readonly LabelledOutput[]): boolean => {
  const { n, good } = countGood(outputs);
  return good > 0 && good < n;
};

/** What the present evaluator says, its score read as a probability by its place in the range. */
const presentPredictions = (
  training: readonly LabelledOutput[],
  unseen: readonly LabelledOutput[],
  { score, scoreRange, evaluatorThreshold }: Settings,
) => {
  const scoresOf = (outputs: readonly LabelledOutput[]): Float64Array =>
    Float64Array.from(outputs, ({ request }) => request.evalScores[score]!);
  const seen = scoresOf(training);
  const lowest = seen.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = seen.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const isShare = lowest >= 0 && highest <= 1;
  const [low, high] = scoreRange ?? (isShare ? [0, 1] : [lowest, highest]);
  const labels = Float64Array.from(training, ({ label }) => label);
  const threshold =
    evaluatorThreshold ?? (isShare ? 0.7 : bestVerdictThreshold(seen, { labels, weights: labels }));
  const scores = scoresOf(unseen);
  const probability = scores.map((value) => Math.min(1, Math.max(0, (value - low) / (high - low))));
  const predictions: Predictions = { score: scores, probability, threshold };
  return { predictions, scoreRange: [low, high] as const };
};

interface Proving {
  readonly training: readonly LabelledOutput[];
  readonly unseen: readonly LabelledOutput[];
  readonly heldOut: HeldOut;
  readonly present: Predictions;
  readonly measured: Measured;
  readonly grouping: Omit<OutputGroups, "groupOf">;
  readonly settings: Settings & ResampleOptions;
}

/** Has candidates predict the held-out outputs, as they would predict others: by their file alone. */
const prover = ({ training, unseen, heldOut, present, measured, grouping, settings }: Proving) => {
  const share = meanOf(
    Float64Array.from(training, ({ label }) => label),
    Float64Array.from(training, ({ weight }) => weight),
  );
  const constant = new Float64Array(unseen.length).fill(share);
  const baseRate = measurePredictions(
    { score: constant, probability: constant, threshold: 0.5 },
    heldOut,
    settings,
  );
  const about: Omit<Evaluator, "version" | "threshold" | "model" | "metrics" | "gains"> = {
    format: "heed-evaluator/1",
    name: settings.name,
    parent: settings.parent,
    score: settings.score,
    training: {
      digest: digestOf([...training, ...unseen]),
      labels: training.length,
      heldOut: unseen.length,
      good: countGood(training).good,
      humanThreshold: settings.humanThreshold,
      ...periodOf([...training, ...unseen]),
      groupedBy: [...grouping.by],
      seed: settings.seed,
    },
  };
  return async ({ model, threshold, crossFittedBrier }: Candidate): Promise<CandidateReport> => {
    const scorer = outputScorer({ score: settings.score, model });
    const requests = unseen.map(({ request }) => request);
    const parts = model.kind === "learn" ? model.embeddings.map(({ of }) => of) : [];
    const vectors = settings.embed ? await embedOutputs(requests, parts, settings.embed) : [];
    const probability = Float64Array.from(requests, (request, at) => scorer(request, vectors[at])!);
    const predictions = { score: probability, probability, threshold };
    const own = measurePredictions(predictions, heldOut, settings);
    const gains = measureGains(own, measured, heldOut, settings);
    const gainOnBaseRate = measureGains(own, baseRate, heldOut, settings).brier;
    const segments = guardSegments(unseen, present, predictions, settings);
    const sealed = { ...about, threshold, model, metrics: own.metrics, gains };
    return {
      kind: model.kind,
      crossFittedBrier,
      metrics: own.metrics,
      gains,
      gainOnBaseRate,
      segments,
      moved: describeMoves(unseen, present, predictions, [...settings.guard, ...settings.features]),
      reasons: judgeCandidate({ gains, gainOnBaseRate, segments }),
      evaluator: { ...sealed, version: versionOf(sealed) },
    };
  };
};

const digestOf = (outputs: readonly LabelledOutput[]): string =>
  hash(
    "sha256",
    outputs
      .map(({ request, humanScore, weight }) => JSON.stringify([request.requestId, humanScore, weight]))
      .sort()
      .join("\n"),
    "hex",
  );

const periodOf = (outputs: readonly LabelledOutput[]) => {
  const times = outputs.map(({ request }) => request.timestamp.toISOString()).sort();
  return { from: times[0]!, until: times.at(-1)! };
};
