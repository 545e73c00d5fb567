import { measureImprovementFromChange } from "@heed/core";
import type { Command } from "../io.ts";
import { required, timeOption } from "../option-values.ts";
import { describeImpact } from "../output/describe-impact.ts";
import { parseOptions } from "../parse-options.ts";
import { withStore } from "../with-store.ts";

const help = `Usage: heed impact --store FILE --change NAME --before TIME --after TIME [options]

Says whether an automatic score changed when you changed something: the means before and after, their
difference with its 95 % interval, and Welch's test.

  --store FILE    the SQLite file
  --change NAME   what was changed, in your words
  --before TIME   requests before this time, exclusive, are the state before the change
  --after TIME    requests from this time on, inclusive, are the state after; between the two nothing counts
  --score NAME    the automatic score (default: overall)
  --json          the answer as JSON

Times are ISO 8601: 2026-03-01 (midnight UTC) or 2026-03-01T09:00:00Z. Too few scores are an answer too,
with exit code 0.
`;

/** `heed impact`: did a change move the automatic score? */
export const impactCommand: Command = {
  summary: "say whether a change moved an automatic score",
  help,
  run: async (args, { stdout }) => {
    const { values } = parseOptions(args, {
      store: { type: "string" },
      change: { type: "string" },
      before: { type: "string" },
      after: { type: "string" },
      score: { type: "string" },
      json: { type: "boolean" },
    });
    const path = required(values.store, "--store FILE");
    const options = {
      change: required(values.change, "--change NAME"),
      beforeDate: timeOption(required(values.before, "--before TIME"), "--before"),
      afterDate: timeOption(required(values.after, "--after TIME"), "--after"),
      ...(values.score !== undefined && { score: values.score }),
    };
    const answer = await withStore(path, { create: false }, (store) =>
      measureImprovementFromChange(store, options),
    );
    stdout.write(values.json ? `${JSON.stringify(answer, null, 2)}\n` : describeImpact(answer));
    return 0;
  },
};
