import { flagAnomalousRequests } from "@heed/core";
import { describeAnomalies } from "../../output/describe-anomalies.ts";
import { createProgress } from "../../progress.ts";
import { createAnalysis } from "./create-analysis.ts";
import { count } from "./option.ts";
import { humanThreshold } from "./shared-options.ts";

/** Off a terminal, a line every so many prompts. */
const progressEvery = 1_000;

/** `heed analyze anomalies`: what do users dislike on prompts that are unlike the others? */
export const anomaliesCommand = createAnalysis({
  usage: ["heed analyze anomalies --store STORE [options]"],
  summary: "list disliked requests whose prompts are unlike the ordinary ones",
  says: "Lists requests that users dislike and whose prompts are worded unlike the ordinary ones: attacks, misuse, uses that nobody thought of. By words alone that is a weak signal, and rare is not bad.",
  options: {
    limit: count("how many requests to list (default: 20)"),
    neighbours: count("nearest ordinary prompts to measure the distance to (default: 10)"),
    "human-threshold": humanThreshold,
    reference: count("prompts to draw as the ordinary ones, from 100 (default: 2000)"),
    "most-requests": count("disliked requests to look at (default: 5000)"),
    seed: count("another seed draws other prompts (default: 1)"),
  },
  ask: async (store, options, { stderr, signal }) => {
    const progress = createProgress(stderr, progressEvery);
    const onProgress = (compared: number, all: number): void =>
      progress.show(`${compared} of ${all} prompts compared`, compared);
    try {
      return await flagAnomalousRequests(store, { ...options, signal, onProgress });
    } finally {
      progress.end();
    }
  },
  describe: describeAnomalies,
});
