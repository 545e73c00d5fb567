import { revertEvaluator } from "@heed/core";
import { describeSwitch } from "../../output/describe-switch.ts";
import { createAnalysis } from "../analyze/create-analysis.ts";
import { required, text } from "../analyze/option.ts";

/** `heed retrain revert`: back to the version before. */
export const revertCommand = createAnalysis({
  usage: ["heed retrain revert --store STORE --evaluators DIRECTORY --name NAME [--reason TEXT]"],
  summary: "put the version in use again that the present one followed",
  says: "Puts the version of an evaluator in use again that the present one followed, and records that as a change. The version that is left stays in its file.",
  options: {
    evaluators: required(text("DIRECTORY", "the folder that holds the evaluators")),
    name: required(text("NAME", "what the evaluator is called")),
    reason: text("TEXT", "why"),
  },
  ask: (store, { evaluators, name, reason }) =>
    revertEvaluator(store, { directory: evaluators, name, reason }),
  describe: describeSwitch,
});
