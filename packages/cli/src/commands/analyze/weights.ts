import { weightFeedbackForBalance } from "@heed/core";
import { numberOption, populationOption } from "../../option-values.ts";
import { describeWeights } from "../../output/describe-weights.ts";
import { createAnalysis } from "./create-analysis.ts";
import { choice, count, list, type Option } from "./option.ts";
import { confidence, denominator } from "./shared-options.ts";

const trim: Option<number | false> = {
  takes: "X",
  purpose: "the largest weight that stays, as a multiple of the median; none cuts nothing (default: 5)",
  read: (given, option) => given !== "none" && numberOption(given, option),
};

const population: Option<ReturnType<typeof populationOption>> = {
  takes: "JSON",
  purpose:
    'counts or shares that are known from elsewhere, such as {"userCohort":{"new":800,"power":200}} (default: the requests)',
  read: populationOption,
};

/** `heed analyze weights`: what should a vote of each group count for? */
export const weightsCommand = createAnalysis({
  usage: ["heed analyze weights --store STORE [options]"],
  summary: "weigh votes so that each group counts for its share",
  says: "Weighs requests with feedback so that each group of users counts for its share of all requests, not for how eagerly it votes; and says what that changes, and what it costs.",
  options: {
    by: list("LABELS", "the labels to balance by, with commas between them (default: userCohort)"),
    method: choice(
      "METHOD",
      ["post_stratification", "raking", "inverse_rate"],
      "post_stratification (the default), by each combination of labels; raking, by each label; or inverse_rate",
    ),
    trim,
    "smallest-cell": count("voted requests that a group needs to stand for itself (default: 5)"),
    population,
    denominator,
    confidence,
  },
  ask: weightFeedbackForBalance,
  describe: describeWeights,
});
