import { flagSuspiciousFeedback } from "@heed/core";
import { describeSuspicion } from "../../output/describe-suspicion.ts";
import { formatCounted } from "../../output/format-number.ts";
import { createProgress } from "../../progress.ts";
import { createAnalysis } from "./create-analysis.ts";
import { count, number, time } from "./option.ts";
import { falseFindings } from "./shared-options.ts";

/** Off a terminal, a line every so many events. */
const progressEvery = 100_000;

/** `heed analyze suspicious`: whose feedback should not count in full? */
export const suspiciousCommand = createAnalysis({
  usage: ["heed analyze suspicious --store STORE [options]"],
  summary: "flag bursts of near-duplicates, machine speed, users out of line",
  says: "Flags feedback that should not count in full: near-duplicate comments in a burst from few users, with the votes they came with; votes faster than anybody reads; users whose votes lie far from those of others on the same requests. Nothing is deleted.",
  options: {
    similarity: number("share of their three-letter runs that near-duplicates have in common (default: 0.4)"),
    "smallest-cluster": count("near-duplicate comments that make a burst (default: 5)"),
    "burst-ms": number("milliseconds within which they come (default: 3600000, an hour)"),
    "few-users": count("how many authors are few (default: 5)"),
    "fastest-ms": number("milliseconds that it takes at least to read and vote (default: 1000)"),
    "smallest-run": count("requests in a row voted on faster than that (default: 5)"),
    "min-votes": count("requests that a user shares with others, to be compared (default: 20)"),
    q: falseFindings,
    since: time("feedback from this time on, inclusive"),
    until: time("feedback up to this time, exclusive"),
  },
  ask: async (store, options, { stderr, signal }) => {
    const progress = createProgress(stderr, progressEvery);
    const onProgress = (events: number): void =>
      progress.show(`${formatCounted(events, "event")} read`, events);
    try {
      return await flagSuspiciousFeedback(store, { ...options, signal, onProgress });
    } finally {
      progress.end();
    }
  },
  describe: describeSuspicion,
});
