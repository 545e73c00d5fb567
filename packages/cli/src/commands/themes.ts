import { explainNegativeFeedback, type Store } from "@heed/core";
import { describeThemes } from "../output/describe-themes.ts";
import { createAnalysis } from "./analyze/create-analysis.ts";
import { count, list } from "./analyze/option.ts";
import { usualLabels } from "./analyze/segments.ts";
import { confidence, falseFindings, humanThreshold, setAsideSuspicious } from "./analyze/shared-options.ts";
import { suspiciousFeedback } from "./analyze/suspicious-feedback.ts";

/** `heed themes`: what do users complain of? */
export const themesCommand = createAnalysis({
  usage: ["heed themes --store STORE [options]"],
  summary: "group what users complain of, with examples",
  says: "Groups what users complain of: the reasons of thumbs down, and the comments of users who disliked the output, by the words that they share; with how many say so, where more than elsewhere, and examples.",
  options: {
    by: list(
      "LABELS",
      `what a theme may come from more than its share: model, promptVersion, or metadata keys, with commas between them (default: ${usualLabels.join(",")})`,
    ),
    limit: count("how many themes to tell of (default: 20)"),
    "examples-per-theme": count("requests to look at for each theme (default: 3)"),
    smallest: count("complaints that make a theme (default: 3)"),
    "human-threshold": humanThreshold,
    q: falseFindings,
    "set-aside-suspicious": setAsideSuspicious,
    confidence,
  },
  ask: async (store: Store, { setAsideSuspicious: isSetAside, ...options }) =>
    explainNegativeFeedback(store, {
      ...options,
      ...(isSetAside && { flagged: await suspiciousFeedback(store) }),
    }),
  describe: describeThemes,
});
