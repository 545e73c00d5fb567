import { computeFeedbackRateByCohort } from "@heed/core";
import { describeFeedbackRates } from "../../output/describe-feedback-rates.ts";
import { createAnalysis } from "./create-analysis.ts";
import { range } from "./option.ts";
import { cohort, confidence, denominator } from "./shared-options.ts";

/** `heed analyze rates`: whose voice do we hear? */
export const ratesCommand = createAnalysis({
  usage: ["heed analyze rates --store STORE [options]"],
  summary: "say who votes how often, and who is heard too little",
  says: "Says what share of requests has feedback, by group of users, and which groups are heard too little or too much, beyond chance.",
  options: {
    by: cohort,
    denominator,
    target: range("the rate that you want, from and to (default: 0.05,0.1)"),
    confidence,
  },
  ask: computeFeedbackRateByCohort,
  describe: describeFeedbackRates,
});
