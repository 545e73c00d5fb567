import { reportServiceLevels } from "@heed/core";
import { describeServiceLevels } from "../../output/describe-service-levels.ts";
import { createAnalysis } from "./create-analysis.ts";
import { text, time } from "./option.ts";
import { confidence, denominator, humanThreshold } from "./shared-options.ts";

/** `heed analyze service-levels`: what did each tenant get? */
export const serviceLevelsCommand = createAnalysis({
  usage: ["heed analyze service-levels --store STORE [options]"],
  summary: "report feedback rates, satisfaction and response times",
  says: "Reports what contracts on feedback ask for: how often users give it, how content those are, and how long negative feedback waits until users are told what came of it (heed change NAME --acknowledged) and until something is changed (heed change NAME).",
  options: {
    by: text("LABEL", "a row for each value of it, such as tenant (default: one row for all)"),
    "human-threshold": humanThreshold,
    denominator,
    "as-of": time("when open feedback has waited until, and after which nothing counts (default: now)"),
    confidence,
  },
  ask: (store, { asOf, ...options }) =>
    reportServiceLevels(store, { ...options, ...(asOf && { now: () => asOf }) }),
  describe: describeServiceLevels,
});
