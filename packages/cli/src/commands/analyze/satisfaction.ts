import { estimateSatisfaction } from "@heed/core";
import { describeSatisfaction } from "../../output/describe-satisfaction.ts";
import { createAnalysis } from "./create-analysis.ts";
import { number, text } from "./option.ts";
import { cohort, confidence, denominator, humanThreshold, score } from "./shared-options.ts";

/** `heed analyze satisfaction`: what share of all outputs is good? */
export const satisfactionCommand = createAnalysis({
  usage: ["heed analyze satisfaction --store STORE [options]"],
  summary: "estimate the share of good outputs, voted on or not",
  says: "Estimates the share of good outputs among all requests: by the votes as they are, by votes weighed by group, and, where random audits were recorded, by these, alone and together with the score. Says what has to hold for each, and whether users vote because of what they got.",
  options: {
    score,
    "audit-score": text("NAME", "the score that holds audits, good from 0.5 on (default: audit)"),
    by: cohort,
    "human-threshold": humanThreshold,
    target: number("the share that is good enough (default: 0.5)"),
    denominator,
    confidence,
  },
  ask: estimateSatisfaction,
  describe: describeSatisfaction,
});
