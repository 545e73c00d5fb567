import { findSegments } from "@heed/core";
import { describeSegments } from "../../output/describe-segments.ts";
import { createAnalysis } from "./create-analysis.ts";
import { choice, count, flag, list } from "./option.ts";
import { confidence, falseFindings, gapRange, score } from "./shared-options.ts";

/** The labels that most products log. */
export const usualLabels = ["userCohort", "model", "promptVersion"] as const;

/** `heed analyze segments`: is a group of requests worse than the others? */
export const segmentsCommand = createAnalysis({
  usage: ["heed analyze segments --store STORE [options]"],
  summary: "find groups of requests that users like less, or more",
  says: "Finds segments of requests, by labels and pairs of them, on which users say something else than on all others: Welch's test for each, corrected for the number of comparisons.",
  options: {
    by: list(
      "LABELS",
      `model, promptVersion, or metadata keys, with commas between them (default: ${usualLabels.join(",")})`,
    ),
    "no-pairs": flag("compare by single labels alone, not by pairs of them"),
    metric: choice(
      "METRIC",
      ["humanScore", "gap"],
      "humanScore, what users say (the default); or gap, how far the evaluator is above them",
    ),
    score,
    "score-range": gapRange,
    smallest: count("voted requests that a segment needs, and the others too (default: 30)"),
    q: falseFindings,
    examples: count("requests to look at for each segment (default: 3)"),
    confidence,
  },
  ask: (store, { by = usualLabels, noPairs = false, ...options }) =>
    findSegments(store, { by, pairs: !noPairs, ...options }),
  describe: describeSegments,
});
