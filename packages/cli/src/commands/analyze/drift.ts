import { detectDrift } from "@heed/core";
import { describeDrift } from "../../output/describe-drift.ts";
import { createAnalysis } from "./create-analysis.ts";
import { choice, count } from "./option.ts";
import { confidence, gapRange, score } from "./shared-options.ts";

/** `heed analyze drift`: has a score, or what users say, moved? */
export const driftCommand = createAnalysis({
  usage: ["heed analyze drift --store STORE [options]"],
  summary: "say whether and when a score, or what users say, moved",
  says: "Says whether a metric drifted, day by day, dates the change, and gives the difference; for the automatic score also whether its last days are spread like its first. Days without data are gaps.",
  options: {
    metric: choice(
      "METRIC",
      ["score", "humanScore", "feedbackRate", "gap"],
      "score (the default); humanScore, what users say; feedbackRate, how many requests are voted on; or gap, how far the evaluator is above the users",
    ),
    score,
    "score-range": gapRange,
    window: count("days with data to learn from before any is judged (default: 14)"),
    method: choice(
      "METHOD",
      ["cusum", "page_hinkley"],
      "cusum (the default), which weighs days by their requests, or page_hinkley",
    ),
    confidence,
  },
  ask: detectDrift,
  describe: describeDrift,
});
