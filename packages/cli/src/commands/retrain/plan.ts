import { readFile } from "node:fs/promises";
import { planRetraining } from "@heed/core";
import { describePlan } from "../../output/describe-plan.ts";
import { createAnalysis } from "../analyze/create-analysis.ts";
import { count, number, text, time } from "../analyze/option.ts";
import { confidence, evaluatorThreshold, humanThreshold, score } from "../analyze/shared-options.ts";

/** `heed retrain plan`: is it time to train again? */
export const planCommand = createAnalysis({
  usage: ["heed retrain plan --store STORE [options]"],
  summary: "say whether it is time to train again, and why",
  says: "Says whether to train an evaluator anew: whether a week has passed, whether enough new votes of both kinds have come, and whether it agrees with users less than it did.",
  options: {
    evaluator: text(
      "FILE",
      "the evaluator in use, which says when it was trained (DIRECTORY/NAME/current.json)",
    ),
    "last-trained-at": time("when that was, where there is no file"),
    score,
    "evaluator-threshold": evaluatorThreshold,
    "human-threshold": humanThreshold,
    "every-days": number("days between trainings (default: 7)"),
    "min-new-labels": count("new labels that a training needs (default: 50)"),
    "min-of-each": count("of either verdict (default: 10)"),
    confidence,
  },
  ask: async (store, { evaluator, ...options }) =>
    planRetraining(store, {
      ...options,
      ...(evaluator !== undefined && { evaluator: await readFile(evaluator, "utf8") }),
    }),
  describe: describePlan,
});
