import {
  type CellWeights,
  correlateFeedbackWithMetrics,
  type Store,
  weightFeedbackForBalance,
} from "@heed/core";
import { describeCorrelation } from "../../output/describe-correlation.ts";
import { describeCorrelationTable } from "../../output/describe-correlation-table.ts";
import { usageError } from "../../usage-error.ts";
import { createAnalysis } from "./create-analysis.ts";
import { count, list, text } from "./option.ts";
import { confidence, score } from "./shared-options.ts";

/** `heed analyze correlate`, and `heed correlate`: do the votes agree with the automatic score? */
export const correlateCommand = createAnalysis({
  usage: ["heed correlate --store STORE [options]", "heed analyze correlate --store STORE [options]"],
  summary: "say whether votes agree with an automatic score",
  says: "Says whether people's votes agree with an automatic score: Pearson's r for a linear relation, Spearman's rho and Kendall's tau-b for one of ranks, each with its interval and two-sided p-value. By request, where users voted several times, the intervals to go by come from drawing users instead of votes.",
  options: {
    score,
    scores: list("NAMES", "several scores, or all: a table of them, with q-values over all its rows"),
    level: text(
      "LEVEL",
      "one pair is a request (the default), or the means of a model, a promptVersion, or a value of any metadata key",
    ),
    "weight-by": list(
      "LABELS",
      "weigh requests so that each value of these labels counts for its share of all requests, as heed analyze weights does",
    ),
    resamples: count("samples of users behind the intervals by request; 0 makes none (default: 1000)"),
    seed: count("where the random numbers of the samples start (default: 1)"),
    confidence,
  },
  ask: async (store, { score, scores, weightBy, ...options }) => {
    if (score !== undefined && scores) throw usageError("--score and --scores exclude each other");
    const { since, until } = options;
    const weights = weightBy && (await weightsBy(store, weightBy, { since, until }));
    const query = { ...options, weights };
    return scores
      ? correlateFeedbackWithMetrics(store, { ...query, scores: isAll(scores) ? "all" : scores })
      : correlateFeedbackWithMetrics(store, { ...query, score });
  },
  describe: (answer, asked) =>
    "rows" in answer ? describeCorrelationTable(answer, asked) : describeCorrelation(answer, asked),
});

const isAll = (names: readonly string[]): boolean => names.length === 1 && names[0] === "all";

/** Where there are too few votes for weights, no request has one, and the answer says so. */
const weightsBy = async (
  store: Store,
  by: readonly string[],
  period: { readonly since?: Date | undefined; readonly until?: Date | undefined },
): Promise<CellWeights> => {
  const weights = await weightFeedbackForBalance(store, { by, ...period });
  return "cells" in weights ? weights : { by, cells: [] };
};
