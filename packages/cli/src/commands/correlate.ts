import { correlateFeedbackWithMetrics } from "@heed/core";
import type { Command } from "../io.ts";
import { required, timeOption } from "../option-values.ts";
import { describeCorrelation } from "../output/describe-correlation.ts";
import { parseOptions } from "../parse-options.ts";
import { withStore } from "../with-store.ts";

const help = `Usage: heed correlate --store FILE [options]

Says whether people's votes agree with an automatic score: Pearson's r and Spearman's rho, each with its
95 % interval and two-sided p-value.

  --store FILE    the SQLite file
  --score NAME    the automatic score (default: overall)
  --level LEVEL   one pair is a request (the default), or the means of a model, a promptVersion, or a value
                  of any metadata key
  --since TIME    requests from this time on, inclusive
  --until TIME    requests up to this time, exclusive
  --json          the answer as JSON

Times are ISO 8601: 2026-03-01 (midnight UTC) or 2026-03-01T09:00:00Z. Too few votes are an answer too,
with exit code 0.
`;

/** `heed correlate`: do the votes agree with the automatic score? */
export const correlateCommand: Command = {
  summary: "say whether votes agree with an automatic score",
  help,
  run: async (args, { stdout }) => {
    const { values } = parseOptions(args, {
      store: { type: "string" },
      score: { type: "string" },
      level: { type: "string" },
      since: { type: "string" },
      until: { type: "string" },
      json: { type: "boolean" },
    });
    const path = required(values.store, "--store FILE");
    const options = {
      ...(values.score !== undefined && { score: values.score }),
      ...(values.level !== undefined && { level: values.level }),
      ...(values.since !== undefined && { since: timeOption(values.since, "--since") }),
      ...(values.until !== undefined && { until: timeOption(values.until, "--until") }),
    };
    const answer = await withStore(path, { create: false }, (store) =>
      correlateFeedbackWithMetrics(store, options),
    );
    stdout.write(values.json ? `${JSON.stringify(answer, null, 2)}\n` : describeCorrelation(answer));
    return 0;
  },
};
