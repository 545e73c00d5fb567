import { readFile } from "node:fs/promises";
import { recordShadowScores } from "@heed/core";
import { formatCount, formatCounted } from "../../output/format-number.ts";
import { printable } from "../../printable.ts";
import { createProgress } from "../../progress.ts";
import { createAnalysis } from "../analyze/create-analysis.ts";
import { required, text } from "../analyze/option.ts";

const progressEvery = 10_000;

/** `heed retrain shadow`: an evaluator scores beside the present one. */
export const shadowCommand = createAnalysis({
  usage: ["heed retrain shadow --store STORE --evaluator FILE [options]"],
  summary: "have an evaluator score the logged requests, before anything hangs on it",
  says: "Has an evaluator score the logged requests beside the present one. Every analysis then takes --score shadow:NAME. A second run stores nothing twice.",
  options: {
    evaluator: required(text("FILE", "the evaluator, from heed retrain --out")),
    name: text("NAME", "what comes after shadow: in the name of the score (default: the evaluator's name)"),
  },
  ask: async (store, { evaluator, ...options }, { stderr, signal }) => {
    const progress = createProgress(stderr, progressEvery);
    return recordShadowScores(store, await readFile(evaluator, "utf8"), {
      ...options,
      signal,
      onProgress: (done, all) =>
        progress.show(`${formatCount(done)} of ${formatCounted(all, "request")} scored`, done),
    }).finally(progress.end);
  },
  describe: ({ score, requests, stored, already, unscorable }) =>
    `Score "${printable(score)}": ${formatCount(stored)} of ${formatCounted(requests, "request")} scored now, ${formatCount(already)} before; ${formatCount(unscorable)} lack what the evaluator goes by.\n`,
});
