import type { DownReason, UpReason } from "@heed/schema";
import { requireCount, requireTexts } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import type { Store } from "../store.ts";
import { type ComparisonOptions, comparisonSettings } from "./evaluator/comparison-options.ts";
import { presentScale } from "./evaluator/present-scale.ts";
import { type DroppedLabels, readLabels } from "./evaluator/read-labels.ts";
import { splitLabels } from "./evaluator/split-labels.ts";
import { chooseExamples } from "./judge/choose-examples.ts";
import { type CorrectionKind, correctOutputs } from "./judge/corrected-output.ts";
import { distilGuidelines, type JudgeGuideline } from "./judge/distil-guidelines.ts";
import {
  charactersPerToken,
  fewestTokens,
  framePrompt,
  writeJudgePrompt,
} from "./judge/write-judge-prompt.ts";

export type { JudgeGuideline } from "./judge/distil-guidelines.ts";

export interface JudgePromptOptions
  extends Pick<
    ComparisonOptions,
    | "score"
    | "evaluatorThreshold"
    | "humanThreshold"
    | "holdout"
    | "groupBy"
    | "flagged"
    | "mostLabels"
    | "since"
    | "until"
    | "seed"
    | "signal"
  > {
  /**
   * The most examples.
   * @default 8
   */
  readonly examples?: number | undefined;
  /**
   * The most tokens, at four characters a token; at least 300. Texts in other scripts than the Latin take more tokens.
   * @default 2000
   */
  readonly budgetTokens?: number | undefined;
  /**
   * Labels whose values are named where the evaluator did worse, and that examples are to be different in.
   * @default ["model", "promptVersion", "userCohort", "topic"]
   */
  readonly by?: readonly string[] | undefined;
}

/** An example in the prompt. */
export interface JudgeExample {
  readonly requestId: string;
  /** Where the evaluator was wrong, or that it was right. */
  readonly kind: CorrectionKind;
  readonly score: number;
  /** Mean of the standing votes, 1 to 5. */
  readonly humanScore: number;
  readonly reasons: readonly (UpReason | DownReason)[];
  /** Whether the prompt holds the beginning of its texts only. */
  readonly shortened: boolean;
}

interface Scope {
  readonly score: string;
  readonly level: "request";
  readonly dropped: DroppedLabels & {
    /** Logged without an output: counted in guidelines, but no example. */
    readonly noOutput: number;
  };
}

/** A prompt for a judge, or that there is too little to make one of. */
export type JudgePrompt =
  | (Scope & {
      readonly verdict: "built";
      /** The task, guidelines and examples: what is to be judged goes behind it. */
      readonly prompt: string;
      /** Its characters divided by four: an estimate, and never above the budget. */
      readonly estimatedTokens: number;
      readonly examples: readonly JudgeExample[];
      readonly guidelines: readonly JudgeGuideline[];
      /** Labels that it was made from; the others are held out. */
      readonly n: number;
      readonly heldOut: number;
      /** The present evaluator said good from there on. */
      readonly threshold: number;
    })
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number });

const fewestLabels = 10;

/**
 * Writes a prompt that turns a language model into a judge which knows what users corrected: guidelines with their counts,
 * put together from reasons and segments without any model, and few examples chosen to stand for all disagreements, of
 * both directions, with an agreement after every three. Hand it the output to judge as one JSON object behind it, and see
 * with `compareJudges` whether that judge is better than the evaluator there is.
 *
 * It looks at the training part of the split of `retrainEvaluator` and `compareJudges` alone, so that what a judge is shown
 * is not what it is measured on.
 *
 * Texts of users are data in it: each example is JSON on one line, in which no character can end the line or a tag or
 * hides from view. That keeps texts in their place; whether a model obeys them all the same is the model's. They are the
 * texts of users, and go to whoever runs the judge. Comments are left out; reasons come from their closed set.
 *
 * Deterministic: the same labels, options and seed give the same prompt.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`; the reason of the `signal`, once it is aborted
 *
 * @example
 * const built = await buildJudgePrompt(store, { examples: 6, budgetTokens: 1500 });
 * if (built.verdict === "built") {
 *   const judge = async ({ prompt, output }) => askModel(`${built.prompt}\n${JSON.stringify({ prompt, output })}`);
 *   await compareJudges(store, { judges: { shown: judge } });
 * }
 */
export const buildJudgePrompt = async (
  store: Store,
  options: JudgePromptOptions = {},
): Promise<JudgePrompt> => {
  const {
    examples = 8,
    budgetTokens = 2_000,
    by = ["model", "promptVersion", "userCohort", "topic"],
  } = options;
  const settings = comparisonSettings(options);
  requireOptions(examples, budgetTokens, by);
  const { score, seed, humanThreshold } = settings;
  const { outputs, dropped } = await readLabels(store, { ...settings, onProgress: undefined });
  const noOutput = outputs.filter(({ request }) => request.output === undefined).length;
  const scope = { score, level: "request", dropped: { ...dropped, noOutput } } as const;
  if (outputs.length < fewestLabels)
    return { verdict: "not_enough_data", ...scope, needed: fewestLabels, have: outputs.length };

  const { training, unseen } = splitLabels(outputs, settings);
  const { threshold } = presentScale(training, settings);
  const corrected = correctOutputs(training, { score, threshold });
  const frame = framePrompt(distilGuidelines(corrected, by), examples, budgetTokens);
  const chosen = chooseExamples(
    corrected.filter(({ output }) => output.request.output !== undefined),
    { count: frame.examples, by, humanThreshold, seed },
  );
  const { prompt, shortened } = writeJudgePrompt(frame.guidelines, chosen, budgetTokens);
  return {
    verdict: "built",
    ...scope,
    prompt,
    estimatedTokens: Math.ceil(prompt.length / charactersPerToken),
    examples: chosen.map(({ output, score: given, kind }, at) => ({
      requestId: output.request.requestId,
      kind,
      score: given,
      humanScore: output.humanScore,
      reasons: output.reasons,
      shortened: shortened[at]!,
    })),
    guidelines: frame.guidelines,
    n: training.length,
    heldOut: unseen.length,
    threshold,
  };
};

const requireOptions = (examples: number, budgetTokens: number, by: unknown): void => {
  requireTexts("by", by);
  if (!(Number.isSafeInteger(examples) && examples >= 0 && examples <= 100))
    throw new HeedError("INVALID_QUERY", "examples is not a whole number up to 100");
  requireCount("budgetTokens", budgetTokens, fewestTokens);
};
