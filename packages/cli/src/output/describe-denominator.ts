import type { Satisfaction } from "@heed/core";
import { formatPercent } from "./format-number.ts";

/** Which requests were counted, and why those, as one sentence. */
export const describeDenominator = ({ used, why, coverage }: Satisfaction["denominator"]): string => {
  const covered = coverage === null ? "none" : formatPercent(coverage);
  const reasons = {
    asked_for: "as you asked",
    exposures_cover_votes: `the pages recorded what was seen, for ${covered} of the voted requests`,
    exposures_miss_votes: `what was seen was recorded for ${covered} of the voted requests, which is too few`,
    no_exposures: "nothing was recorded as seen",
    no_votes: "without votes, nothing tells whether the pages record what was seen",
  } as const;
  return `Counted are ${used === "logged" ? "all logged requests" : "the requests that were seen"}: ${reasons[why]}.`;
};
