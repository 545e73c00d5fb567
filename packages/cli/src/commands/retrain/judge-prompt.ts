import { buildJudgePrompt } from "@heed/core";
import { createAnalysis } from "../analyze/create-analysis.ts";
import { count, list } from "../analyze/option.ts";
import { countSuspiciousLess, evaluatorThreshold, humanThreshold, score } from "../analyze/shared-options.ts";
import { suspiciousFeedback } from "../analyze/suspicious-feedback.ts";

/** `heed retrain judge-prompt`: what an LLM as judge should know. */
export const judgePromptCommand = createAnalysis({
  usage: ["heed retrain judge-prompt --store STORE [options]"],
  summary: "write a prompt for an LLM as judge, from where it and users disagree",
  says: "Writes a prompt for an LLM as judge: guidelines with counts, and examples that stand for all disagreements between the score and the users. Only the part of the labels is shown that a comparison does not measure it on.",
  options: {
    score,
    "evaluator-threshold": evaluatorThreshold,
    "human-threshold": humanThreshold,
    examples: count("how many to show (default: 8)"),
    "budget-tokens": count("the most tokens, estimated at four characters each (default: 2000)"),
    by: list("LABELS", "labels whose values are told apart, with commas between them"),
    seed: count("which part is held out (default: 1)"),
    "set-aside-suspicious": countSuspiciousLess,
  },
  isVerbatim: true,
  ask: async (store, { setAsideSuspicious, ...options }) =>
    buildJudgePrompt(store, {
      ...options,
      ...(setAsideSuspicious && { flagged: await suspiciousFeedback(store) }),
    }),
  describe: (answer) =>
    answer.verdict === "built"
      ? `${answer.prompt}\n`
      : `Not enough data: it takes ${answer.needed} labels of outputs that users call good or bad, and there are ${answer.have}.\n`,
});
