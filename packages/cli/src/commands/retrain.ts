import { writeFile } from "node:fs/promises";
import { promoteEvaluator, retrainEvaluator } from "@heed/core";
import type { Command, Output } from "../io.ts";
import { describeRetraining } from "../output/describe-retraining.ts";
import { describeSwitch } from "../output/describe-switch.ts";
import { formatCount } from "../output/format-number.ts";
import { createProgress } from "../progress.ts";
import { createAnalysis } from "./analyze/create-analysis.ts";
import { count, list, number, range, text } from "./analyze/option.ts";
import {
  confidence,
  countSuspiciousLess,
  evaluatorThreshold,
  humanThreshold,
  score,
} from "./analyze/shared-options.ts";
import { suspiciousFeedback } from "./analyze/suspicious-feedback.ts";
import { judgePromptCommand } from "./retrain/judge-prompt.ts";
import { planCommand } from "./retrain/plan.ts";
import { revertCommand } from "./retrain/revert.ts";
import { shadowCommand } from "./retrain/shadow.ts";

const progressEvery = 10_000;

const subcommands: ReadonlyMap<string, Command> = new Map([
  ["plan", planCommand],
  ["shadow", shadowCommand],
  ["revert", revertCommand],
  ["judge-prompt", judgePromptCommand],
]);

const training = createAnalysis({
  usage: [
    "heed retrain --store STORE [options]",
    ...[...subcommands.keys()].map((name) => `heed retrain ${name} --store STORE [options]`),
  ],
  summary: "train an evaluator on what users say, and have it prove itself",
  says: "Trains three evaluators on the standing votes: the present score recalibrated, all scores combined, and one that learned from the texts. The best of them is measured against the present evaluator on outputs that none of them saw, and is to be promoted only if it is better by more than chance explains.",
  options: {
    score,
    "evaluator-threshold": {
      ...evaluatorThreshold,
      purpose:
        "the evaluator says good from this score on (default: 0.7; the best one for scores outside 0 to 1)",
    },
    "score-range": range("the lowest and highest score there is (default: 0,1; or what there is)"),
    "human-threshold": humanThreshold,
    features: list("LABELS", "labels that the evaluator may go by (default: model,promptVersion)"),
    holdout: number("share of the labels that no candidate sees, 0.1 to 0.5 (default: 0.3)"),
    "group-by": list(
      "KEYS",
      "what is never on both sides: user, prompt, or a label (default: user,prompt,conversationId)",
    ),
    guard: list(
      "LABELS",
      "labels whose kinds of output may not fall (default: model,promptVersion,userCohort)",
    ),
    name: text("NAME", "what the evaluator is called (default: the name of the score)"),
    out: text("FILE", "write the chosen evaluator there, as JSON, whether it is to be promoted or not"),
    promote: text("DIRECTORY", "put it in use there if it is to be promoted: DIRECTORY/NAME/current.json"),
    seed: count("where the random numbers start (default: 1)"),
    "set-aside-suspicious": countSuspiciousLess,
    confidence,
  },
  ask: async (store, { out, promote, setAsideSuspicious, ...options }, { stderr, signal }) => {
    const flagged = setAsideSuspicious ? await suspiciousFeedback(store) : [];
    const progress = showProgress(stderr);
    const report = await retrainEvaluator(store, {
      ...options,
      flagged,
      signal,
      onProgress: progress.hear,
    }).finally(progress.end);
    if (out !== undefined && "chosen" in report && report.chosen)
      await writeFile(out, `${JSON.stringify(report.chosen.evaluator)}\n`);
    if (promote === undefined || report.verdict !== "promote") return report;
    return { ...report, promotion: await promoteEvaluator(store, report.chosen!, { directory: promote }) };
  },
  describe: (answer, asked) =>
    "promotion" in answer
      ? `${describeRetraining(answer, asked)}\n${describeSwitch(answer.promotion)}`
      : describeRetraining(answer, asked),
});

/** `heed retrain`: trains an evaluator on what users say, and says whether it proved itself. */
export const retrainCommand: Command = { ...training, subcommands };

const stages = {
  recalibrate: "recalibrating the score",
  combine: "combining scores and features",
  learn: "learning from the texts",
  prove: "proving them on outputs that they never saw",
} as const;

type Hear = NonNullable<NonNullable<Parameters<typeof retrainEvaluator>[1]>["onProgress"]>;

const showProgress = (stderr: Output): { readonly hear: Hear; readonly end: () => void } => {
  const progress = createProgress(stderr, progressEvery);
  return {
    hear: (heard) => {
      if (heard.stage === "read")
        progress.show(`${formatCount(heard.done)} of ${formatCount(heard.all)} labels read`, heard.done);
      else progress.show(stages[heard.stage], 0);
    },
    end: () => progress.end(),
  };
};
