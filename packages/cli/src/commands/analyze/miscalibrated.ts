import { identifyMiscalibratedOutputs } from "@heed/core";
import { describeMiscalibration } from "../../output/describe-miscalibration.ts";
import { createAnalysis } from "./create-analysis.ts";
import { choice, count, range } from "./option.ts";
import { confidence, evaluatorThreshold, humanThreshold, score } from "./shared-options.ts";

/** `heed analyze miscalibrated`: on which outputs do evaluator and users say the opposite? */
export const miscalibratedCommand = createAnalysis({
  usage: ["heed analyze miscalibrated --store STORE [options]"],
  summary: "list outputs on which evaluator and users say the opposite",
  says: "Lists the outputs on which evaluator and users say the opposite, the surest first, with what was asked, answered and commented. Both are as sure as they are far from their thresholds; more votes make users surer.",
  options: {
    score,
    "evaluator-threshold": evaluatorThreshold,
    "score-range": range("the lowest and highest score there is (default: 0,1)"),
    "human-threshold": humanThreshold,
    limit: count("how many outputs to list (default: 20)"),
    direction: choice(
      "WHICH",
      ["evaluator_too_kind", "evaluator_too_harsh"],
      "list evaluator_too_kind or evaluator_too_harsh alone (default: both)",
    ),
    confidence,
  },
  ask: identifyMiscalibratedOutputs,
  describe: describeMiscalibration,
});
