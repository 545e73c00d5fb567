import { listChanges } from "@heed/core";
import { describeChanges } from "../../output/describe-changes.ts";
import { createAnalysis } from "./create-analysis.ts";
import { time } from "./option.ts";

/** `heed analyze changes`: what was changed, and when? */
export const changesCommand = createAnalysis({
  usage: ["heed analyze changes --store STORE [options]"],
  summary: "list the changes that were recorded",
  says: "Lists what was changed in the product, when and why, as heed change recorded it, the oldest first.",
  options: {
    since: time("changes from this time on, inclusive"),
    until: time("changes up to this time, exclusive"),
  },
  ask: listChanges,
  describe: describeChanges,
});
