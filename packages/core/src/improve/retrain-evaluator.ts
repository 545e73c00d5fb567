import { hash } from "node:crypto";
import { type Evaluator, type EvaluatorMetrics, nameSchema, validate } from "@heed/schema";
import { requireTexts, requireThat } from "../check-options.ts";
import type { Store } from "../store.ts";
import type { Embed } from "../text/embed.ts";
import { type ComparisonOptions, comparisonSettings } from "./evaluator/comparison-options.ts";
import { type Candidate, fitCandidates } from "./evaluator/fit-candidates.ts";
import type { OutputGroups } from "./evaluator/group-outputs.ts";
import { isInverted } from "./evaluator/is-inverted.ts";
import type { GateReason } from "./evaluator/judge-candidate.ts";
import { embedOutputs } from "./evaluator/plan-model.ts";
import { placeInRange, presentScale, scoresOf } from "./evaluator/present-scale.ts";
import { type ProofReport, predictionProver } from "./evaluator/prove-predictions.ts";
import { type DroppedLabels, type LabelledOutput, readLabels } from "./evaluator/read-labels.ts";
import { outputScorer } from "./evaluator/score-output.ts";
import { versionOf } from "./evaluator/seal-evaluator.ts";
import { type SplitLabels, splitLabels } from "./evaluator/split-labels.ts";
import { dealFolds } from "./evaluator/split-outputs.ts";
import { countGood, type Shortage, whatIsShort } from "./evaluator/what-is-short.ts";

export interface RetrainOptions extends ComparisonOptions {
  /**
   * Labels that the evaluator may go by: `model`, `promptVersion`, or metadata keys.
   * @default ["model", "promptVersion"]
   */
  readonly features?: readonly string[] | undefined;
  /** The host's embedding model, in place of the words of the texts. */
  readonly embed?: Embed | undefined;
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
  /** Hears what is being done, and how much of it. */
  readonly onProgress?: ((progress: RetrainProgress) => void) | undefined;
}

/** Where a training is. */
export type RetrainProgress =
  | { readonly stage: "read"; readonly done: number; readonly all: number }
  | { readonly stage: "recalibrate" | "combine" | "learn" | "prove" };

/** A trained evaluator beside the present one. */
export interface CandidateReport extends ProofReport {
  readonly kind: Evaluator["model"]["kind"];
  /** Brier score on the training outputs, each predicted without its group: what the choice among candidates goes by. */
  readonly crossFittedBrier: number;
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
  | (Scope & Shortage & { readonly verdict: "not_enough_data" });

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
 * **The gate.** The simplest candidate that did about as well as any in cross-fitting, and no other, is measured on the
 * held-out groups. It is to be promoted only if its Brier score is better than the present evaluator's and than that of
 * any constant, both by an interval that leaves out zero; if its verdicts agree with humans more, by kappa; and if no
 * guarded kind of output falls by more than five points, of accuracy and of balanced accuracy. The present score stands
 * for a probability by its place in `scoreRange`. Intervals are drawn from whole groups, and need 20 of them.
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
 * if (report.verdict === "promote") await promoteEvaluator(store, report.chosen!, { directory: "evaluators" });
 */
export const retrainEvaluator = async (store: Store, options: RetrainOptions = {}): Promise<Retraining> => {
  const settings = settingsOf(options);
  const { score, onProgress, seed } = settings;
  const { outputs, dropped } = await readLabels(store, {
    ...settings,
    onProgress: (done, all) => onProgress({ stage: "read", done, all }),
  });
  const scope = { score, level: "request", dropped } as const;
  const short = whatIsShort(countGood(outputs));
  if (short) return { verdict: "not_enough_data", ...scope, ...short };

  const split = splitLabels(outputs, settings);
  const { training, unseen, trainingGroups, grouping } = split;
  const candidates = hasBoth(training)
    ? await fitCandidates(training, {
        ...settings,
        groupOf: trainingGroups,
        foldOf: dealFolds(training, trainingGroups, { folds, seed }),
        onProgress: (stage) => onProgress({ stage }),
      })
    : { all: [], chosen: null };

  onProgress({ stage: "prove" });
  const { threshold, scoreRange } = presentScale(training, settings);
  const scores = scoresOf(unseen, score);
  const present = { score: scores, probability: placeInRange(scores, scoreRange), threshold };
  const movedBy = [...new Set([...settings.guard, ...settings.features])];
  const { presentMetrics, groups, prove } = predictionProver({ split, present, movedBy, settings });
  const report = candidateReporter(split, settings, prove);
  const reports: CandidateReport[] = [];
  for (const candidate of candidates.all) reports.push(await report(candidate));
  const chosen = reports.find(({ kind }) => kind === candidates.chosen?.model.kind) ?? null;
  const reasons = chosen?.reasons ?? (["no_candidate"] as const);
  return {
    verdict: reasons.length === 0 ? "promote" : "keep_present",
    ...scope,
    n: outputs.length,
    trainedOn: countGood(training),
    heldOut: {
      ...countGood(unseen),
      groups,
      requestIds: unseen.map(({ request }) => request.requestId),
    },
    grouping,
    present: {
      threshold,
      scoreRange,
      metrics: presentMetrics,
      inverted: isPresentInverted(split, settings),
    },
    candidates: reports,
    chosen,
    reasons,
  };
};

const settingsOf = (options: RetrainOptions) => {
  const settings = comparisonSettings(options);
  const { features = ["model", "promptVersion"], embed, name = settings.score, parent = null } = options;
  requireTexts("features", features);
  // The trained artefact would be refused by whoever loads it.
  requireThat(validate(nameSchema, name).valid, "name is no name of an evaluator");
  return { ...settings, features, embed, name, parent, onProgress: options.onProgress ?? (() => {}) };
};

type Settings = ReturnType<typeof settingsOf>;

const hasBoth = (outputs: readonly LabelledOutput[]): boolean => {
  const { n, good } = countGood(outputs);
  return good > 0 && good < n;
};

const isPresentInverted = (
  { training, unseen, trainingGroups, unseenGroups }: SplitLabels,
  { score, confidence }: Settings,
): boolean => {
  const outputs = [...training, ...unseen];
  return isInverted({
    scores: scoresOf(outputs, score),
    humanScores: Float64Array.from(outputs, ({ humanScore }) => humanScore),
    groups: Int32Array.from([...trainingGroups, ...unseenGroups]),
    confidence,
  });
};

/** Has candidates predict the held-out outputs, as they would predict others: by their file alone. */
const candidateReporter = (
  { training, unseen, grouping }: SplitLabels,
  settings: Settings,
  prove: ReturnType<typeof predictionProver>["prove"],
) => {
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
    const proof = prove({ score: probability, probability, threshold });
    const sealed = { ...about, threshold, model, metrics: proof.metrics, gains: proof.gains };
    return {
      kind: model.kind,
      crossFittedBrier,
      ...proof,
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
