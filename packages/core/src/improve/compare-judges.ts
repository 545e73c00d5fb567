import type { EvaluatorMetrics } from "@heed/schema";
import { seededHash } from "../bias/seeded-hash.ts";
import { requireTexts, requireThat } from "../check-options.ts";
import type { Store } from "../store.ts";
import { askJudge, type Judge } from "./evaluator/ask-judge.ts";
import {
  type ComparisonOptions,
  type ComparisonSettings,
  comparisonSettings,
} from "./evaluator/comparison-options.ts";
import type { Curve } from "./evaluator/fit-curve.ts";
import type { OutputGroups } from "./evaluator/group-outputs.ts";
import type { Predictions } from "./evaluator/measure-predictions.ts";
import { presentScale, type ScoreScale, scoresOf } from "./evaluator/present-scale.ts";
import { type ProofReport, predictionProver } from "./evaluator/prove-predictions.ts";
import { readAsProbabilities } from "./evaluator/read-as-probabilities.ts";
import { type DroppedLabels, type LabelledOutput, readLabels } from "./evaluator/read-labels.ts";
import { type SplitLabels, splitLabels } from "./evaluator/split-labels.ts";
import { countGood, type Shortage, whatIsShort } from "./evaluator/what-is-short.ts";

export type { Judge } from "./evaluator/ask-judge.ts";

/** A judge, and what is known of its scores. */
export interface JudgeSettings {
  readonly judge: Judge;
  /**
   * It says good from this score on.
   * @default the one that agrees best with the training outputs that it is asked about; without any, the middle of its range
   */
  readonly threshold?: number | undefined;
  /**
   * Its lowest and its highest score, which stand for the probabilities 0 and 1 where `calibrateOn` is 0.
   * @default [0, 1]
   */
  readonly scoreRange?: readonly [low: number, high: number] | undefined;
}

export interface CompareJudgesOptions extends ComparisonOptions {
  /** The judges by name: functions of an output that give a number, higher being better. */
  readonly judges: Readonly<Record<string, Judge | JudgeSettings>>;
  /**
   * Training outputs that each judge is asked about too, to learn what its scores mean; the present score is read by the
   * same outputs. 0 takes all scores as they are.
   * @default 200
   */
  readonly calibrateOn?: number | undefined;
  /**
   * Requests to leave out altogether, as those that are examples in the prompt of a judge.
   * @default []
   */
  readonly exclude?: readonly string[] | undefined;
  /**
   * Outputs that a judge has before it at once.
   * @default 4
   */
  readonly concurrency?: number | undefined;
  /** Hears how many outputs a judge has judged, of how many. */
  readonly onProgress?: ((judge: string, done: number, all: number) => void) | undefined;
}

/** A judge beside the present evaluator. */
export interface JudgeReport extends ProofReport {
  readonly name: string;
  /** It says good from there on: of its scores where it was given, else of the probabilities that they stand for. */
  readonly threshold: number;
  readonly thresholdOf: "score" | "probability";
  /** What its scores stand for: Platt's or an isotonic curve; null where they were taken by their place in the range. */
  readonly curve: Curve | null;
}

interface Scope {
  readonly score: string;
  readonly level: "request";
  readonly dropped: DroppedLabels & { readonly excluded: number };
}

/** How judges did against the present evaluator, on outputs that humans have a verdict on. */
export type JudgeComparison =
  | (Scope & {
      /** `better_judge`: one or more passed the gate; `keep_present`: none did. */
      readonly verdict: "better_judge" | "keep_present";
      /** Of those that passed, the one with the largest gain in Brier score; null where none did. */
      readonly best: string | null;
      readonly n: number;
      readonly calibratedOn: number;
      readonly heldOut: { readonly n: number; readonly good: number; readonly groups: number };
      readonly grouping: Omit<OutputGroups, "groupOf">;
      /** Of each interval: that of all judges together is the `confidence` asked for. */
      readonly confidence: number;
      readonly present: ScoreScale & { readonly metrics: EvaluatorMetrics; readonly curve: Curve | null };
      /** In the order that they were given. */
      readonly judges: readonly JudgeReport[];
    })
  | (Scope & Shortage & { readonly verdict: "not_enough_data" });

/**
 * Puts any judges that the host brings, such as LLMs with a new prompt, through the gate of `retrainEvaluator`: on the
 * held-out outputs of the same split, against the present evaluator, and with the same conditions.
 *
 * A Brier score is about probabilities, and what a judge calls 0.8 need not be 80 %. So each judge is asked about
 * `calibrateOn` outputs of the training part as well, a curve is fitted from its scores to the labels there, and the
 * present score gets its curve from the very same outputs: the gain then is in what the scores know, not in how they are
 * spread. This differs from `retrainEvaluator`, which measures the present score as it stands. Verdicts of the present
 * evaluator are at its threshold as it stands.
 *
 * With several judges the intervals are widened as Bonferroni has it, so that the chance of promoting any of them for
 * nothing stays that of one. Each judge is called `calibrateOn` times and once for each held-out output; what it throws
 * is thrown.
 *
 * Examples in a judge's prompt must not be among the outputs that it is measured on: `buildJudgePrompt` takes them from
 * the training part of the split, which is the same as long as both are asked the same way of the same labels; else give
 * them as `exclude`.
 *
 * @throws HeedError `INVALID_QUERY`, also for a score that is not finite, `STORE_FAILED` or `STORE_CLOSED`; what a judge
 * throws; the reason of the `signal`, once it is aborted
 *
 * Source: J. C. Platt (1999), see `plattScaling`; C. E. Bonferroni's inequality.
 *
 * @example
 * const answer = await compareJudges(store, { judges: { strict: ({ output = "" }) => askModel(strictPrompt, output) } });
 * if (answer.verdict === "better_judge") console.log(answer.best);
 */
export const compareJudges = async (
  store: Store,
  options: CompareJudgesOptions,
): Promise<JudgeComparison> => {
  const settings = settingsOf(options);
  const { score, judges, calibrateOn, seed } = settings;
  const { outputs, dropped } = await withoutExcluded(store, settings);
  const scope = { score, level: "request", dropped } as const;
  const short = whatIsShort(countGood(outputs));
  if (short) return { verdict: "not_enough_data", ...scope, ...short };

  const split = splitLabels(outputs, settings);
  const learning = drawOutputs(split.training, calibrateOn, seed);
  const scale = presentScale(split.training, settings);
  const scores = scoresOf(split.unseen, score);
  const { curve, probability } = readAsProbabilities({
    learning,
    learned: scoresOf(learning, score),
    scores,
    scoreRange: scale.scoreRange,
  });
  const { presentMetrics, groups, prove } = predictionProver({
    split,
    present: { score: scores, probability, threshold: scale.threshold },
    movedBy: settings.guard,
    settings,
  });

  const reports: JudgeReport[] = [];
  for (const own of judges) {
    const { predictions, ...read } = await predict(own, split, learning, settings);
    reports.push({ name: own.name, ...read, ...prove(predictions) });
  }
  const passed = reports.filter(({ reasons }) => reasons.length === 0);
  const [best] = passed.sort((a, b) => b.gains.brier.value! - a.gains.brier.value!);
  return {
    verdict: best ? "better_judge" : "keep_present",
    ...scope,
    best: best?.name ?? null,
    n: outputs.length,
    calibratedOn: learning.length,
    heldOut: { ...countGood(split.unseen), groups },
    grouping: split.grouping,
    confidence: settings.confidence,
    present: { ...scale, metrics: presentMetrics, curve },
    judges: reports,
  };
};

const withoutExcluded = async (store: Store, settings: Settings) => {
  const { outputs, dropped } = await readLabels(store, { ...settings, onProgress: undefined });
  const kept = outputs.filter(({ request }) => !settings.exclude.has(request.requestId));
  return { outputs: kept, dropped: { ...dropped, excluded: outputs.length - kept.length } };
};

/** Some outputs, the same for the same seed. */
const drawOutputs = (outputs: readonly LabelledOutput[], count: number, seed: number) =>
  outputs
    .map((output) => ({ output, hash: seededHash(output.request.requestId, seed) }))
    .sort((a, b) => a.hash - b.hash)
    .slice(0, count)
    .map(({ output }) => output);

const predict = async (
  { name, judge, threshold, scoreRange }: NamedJudge,
  { unseen }: SplitLabels,
  learning: readonly LabelledOutput[],
  { concurrency, signal, onProgress }: Settings,
): Promise<
  Pick<JudgeReport, "threshold" | "thresholdOf" | "curve"> & { readonly predictions: Predictions }
> => {
  const all = [...learning, ...unseen];
  let done = 0;
  const answers = await askJudge(
    judge,
    all.map(({ request }) => request),
    {
      concurrency: Math.min(concurrency, all.length),
      signal,
      onAnswer: () => onProgress(name, ++done, all.length),
    },
  );
  const scores = answers.subarray(learning.length);
  const learned = answers.subarray(0, learning.length);
  const { curve, probability, best } = readAsProbabilities({ learning, learned, scores, scoreRange });
  if (threshold !== undefined)
    return {
      threshold,
      thresholdOf: "score",
      curve,
      predictions: { score: scores, probability, threshold },
    };
  const own = best ?? 0.5;
  return {
    threshold: own,
    thresholdOf: "probability",
    curve,
    predictions: { score: probability, probability, threshold: own },
  };
};

type NamedJudge = JudgeSettings & {
  readonly name: string;
  readonly scoreRange: ScoreScale["scoreRange"];
};

const settingsOf = (options: CompareJudgesOptions) => {
  const { calibrateOn = 200, concurrency = 4, exclude = [], onProgress = () => {} } = options;
  const judges = judgesOf(options.judges);
  const settings: ComparisonSettings = comparisonSettings(options);
  requireThat(Number.isSafeInteger(calibrateOn) && calibrateOn >= 0, "calibrateOn is not a whole number");
  requireThat(
    Number.isSafeInteger(concurrency) && concurrency >= 1,
    "concurrency is not a whole number above 0",
  );
  requireTexts("exclude", exclude);
  return {
    ...settings,
    confidence: 1 - (1 - settings.confidence) / judges.length,
    judges,
    calibrateOn,
    concurrency,
    exclude: new Set(exclude),
    onProgress,
  };
};

type Settings = ReturnType<typeof settingsOf>;

const judgesOf = (given: CompareJudgesOptions["judges"]): readonly NamedJudge[] => {
  requireThat(typeof given === "object" && given !== null, "judges are not given by name");
  const judges = Object.entries(given).map(([name, own]) => {
    const { judge, threshold, scoreRange = [0, 1] } = typeof own === "function" ? { judge: own } : { ...own };
    requireThat(typeof judge === "function", "judges has one that is no function");
    requireThat(
      threshold === undefined || Number.isFinite(threshold),
      "judges has a threshold that is not a finite number",
    );
    requireThat(scoreRange[0] < scoreRange[1], "judges has a scoreRange that does not rise");
    return { name, judge, threshold, scoreRange };
  });
  requireThat(judges.length > 0, "judges is empty");
  return judges;
};
