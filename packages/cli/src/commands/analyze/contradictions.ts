import { findContradictions } from "@heed/core";
import { describeContradictions } from "../../output/describe-contradictions.ts";
import { createAnalysis } from "./create-analysis.ts";
import { count, text } from "./option.ts";
import { cohort, confidence, falseFindings } from "./shared-options.ts";

/** `heed analyze contradictions`: does one cohort like what another dislikes? */
export const contradictionsCommand = createAnalysis({
  usage: ["heed analyze contradictions --store STORE [options]"],
  summary: "find what some groups of users like and others dislike",
  says: "Finds requests, prompts or other things that most users of one group like and most of another dislike, beyond chance; and says whether users disagree by group, or just so.",
  options: {
    by: cohort,
    across: text(
      "WHAT",
      "what they may contradict each other about: each request (the default), prompt, or value of a label",
    ),
    smallest: count("verdicts that a group needs on each (default: 5)"),
    q: falseFindings,
    confidence,
  },
  ask: findContradictions,
  describe: describeContradictions,
});
