import { measureImprovementFromChange } from "@heed/core";
import { describeImpact } from "../../output/describe-impact.ts";
import { createAnalysis } from "./create-analysis.ts";
import { choice, count, list, number, required, segment, text, time } from "./option.ts";
import { confidence, score } from "./shared-options.ts";

/** `heed analyze impact`, and `heed impact`: did a change move the score, or what users say and do? */
export const impactCommand = createAnalysis({
  usage: [
    "heed impact --store STORE --change NAME --before TIME --after TIME [options]",
    "heed analyze impact --store STORE --change NAME --before TIME --after TIME [options]",
  ],
  summary: "say whether a change moved a score, or what users say",
  says: "Says whether an automatic score, or what users say and do, changed when you changed something: the means before and after, their difference with its interval, tests and effect sizes, and the feedback of both sides.",
  options: {
    change: required(text("NAME", "what was changed, in your words")),
    before: required(time("requests before this time, exclusive, are the state before the change")),
    after: required(
      time("requests from this time on, inclusive, are the state after; between the two nothing counts"),
    ),
    metric: choice(
      "METRIC",
      ["score", "humanScore", "feedbackRate", "discardRate"],
      "what the verdict is about: score (the default); humanScore, what users say; feedbackRate, how many requests are voted on; or discardRate, how many outputs were thrown away",
    ),
    score,
    "adjust-for": list(
      "LABELS",
      "labels whose combinations weigh after what they weighed before, so that other traffic does not pass for an improvement",
    ),
    control: segment("requests that the change did not touch: what they did meanwhile is taken off"),
    segment: segment("the only requests to measure (default: all but the control)"),
    "chosen-for": segment("the segment that the change was made for, if that was because it did badly"),
    looks: count("how often the result is looked at in all; more than once widens the interval (default: 1)"),
    power: number("how often the smallest difference that is told of would be found (default: 0.8)"),
    since: time("where before begins, inclusive"),
    until: time("where after ends, exclusive"),
    confidence,
  },
  ask: (store, { before, after, ...options }) =>
    measureImprovementFromChange(store, { beforeDate: before, afterDate: after, ...options }),
  describe: describeImpact,
});
