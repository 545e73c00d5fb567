import { measureAgreement } from "@heed/core";
import { describeAgreement } from "../../output/describe-agreement.ts";
import { createAnalysis } from "./create-analysis.ts";
import { choice, count, range } from "./option.ts";
import { confidence, evaluatorThreshold, humanThreshold, score } from "./shared-options.ts";

/** `heed analyze agreement`: do the evaluator's verdicts agree with the votes? */
export const agreementCommand = createAnalysis({
  usage: ["heed analyze agreement --store STORE [options]"],
  summary: "say how far the evaluator's verdicts agree with the votes",
  says: "Says how far an evaluator's verdicts, good or bad by a threshold, agree with those of the votes: how often each met each, Cohen's kappa, accuracy, precision and recall; and how far users agree with each other, which is the most that an evaluator can be asked for.",
  options: {
    score,
    "evaluator-threshold": evaluatorThreshold,
    "evaluator-neutral": range("scores that say neither, instead of one threshold"),
    "human-threshold": humanThreshold,
    neutral: choice(
      "HOW",
      ["leave_out", "category"],
      "whether neutral verdicts are left out of kappa (leave_out, the default), or count as a verdict of their own (category, the default with --evaluator-neutral)",
    ),
    "alpha-level": choice(
      "LEVEL",
      ["nominal", "ordinal", "interval"],
      "what a vote is where users are compared with each other: nominal, ordinal (the default) or interval",
    ),
    resamples: count("samples of requests behind the interval of alpha; 0 makes none (default: 1000)"),
    seed: count("where the random numbers of the samples start (default: 1)"),
    confidence,
  },
  ask: measureAgreement,
  describe: describeAgreement,
});
