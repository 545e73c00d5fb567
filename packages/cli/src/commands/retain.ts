import { applyRetention, type RetentionCounts } from "@heed/core";
import type { Command } from "../io.ts";
import { countOption, listOption, required } from "../option-values.ts";
import { formatCount } from "../output/format-number.ts";
import { parseOptions } from "../parse-options.ts";
import { createProgress } from "../progress.ts";
import { usageError } from "../usage-error.ts";
import { withStore } from "../with-store.ts";
import { saveAggregates } from "./retain/save-aggregates.ts";

const progressEvery = 10_000;

const help = `Usage: heed retain --store STORE --older-than DAYS [options]

Removes the requests that happened more than so many whole days ago (UTC), each with all its records and
events. Changes stay. Sums by day can be kept of what goes: they are written before anything is removed.

  --store STORE       a file such as feedback.db, postgres://… or clickhouse://…
  --older-than DAYS   how many whole days are kept beside today
  --aggregates FILE   keep sums by day in this file of JSON Lines, which is made if it is missing
  --by LABELS         keep them apart by these: model, promptVersion, or metadata keys, with commas between
  --score NAME        the automatic score to sum up (default: overall)
  --dry-run           only count what would go

Exit codes: 0 done, 130 stopped before the end: what was removed stays so, and the next run goes on.
`;

/** `heed retain`: removes what is older than it may be. */
export const retainCommand: Command = {
  summary: "remove requests that are older than so many days",
  help,
  run: async (args, { stdout, stderr, signal }) => {
    const { values } = parseOptions(args, {
      store: { type: "string" },
      "older-than": { type: "string" },
      aggregates: { type: "string" },
      by: { type: "string" },
      score: { type: "string", default: "overall" },
      "dry-run": { type: "boolean", default: false },
    });
    const name = required(values.store, "--store STORE");
    const olderThanDays = countOption(required(values["older-than"], "--older-than DAYS"), "--older-than");
    const by = values.by === undefined ? [] : listOption(values.by, "--by");
    if (by.length > 0 && !values.aggregates) throw usageError("--by is for --aggregates FILE");
    const { aggregates: file, score, "dry-run": dryRun } = values;
    const keepAggregates = file ? { save: saveAggregates(file, { by, score }), by, score } : undefined;

    const progress = createProgress(stderr, progressEvery);
    const verb = dryRun ? "counted" : "removed";
    const onProgress = ({ requestsRemoved }: RetentionCounts): void =>
      progress.show(`${formatCount(requestsRemoved)} requests ${verb}`, requestsRemoved);
    try {
      const { limit, ...counts } = await withStore(name, { create: false }, (store) =>
        applyRetention(store, { olderThanDays, keepAggregates, dryRun, onProgress, signal }),
      );
      progress.end();
      stdout.write(`${dryRun ? "Would remove" : "Removed"} what happened before ${limit.toISOString()}\n`);
      for (const [what, count] of Object.entries(rowsOf(counts)))
        stdout.write(`${what.padEnd(12)}${formatCount(count).padStart(12)}\n`);
      return 0;
    } catch (error) {
      progress.end();
      if (signal.aborted) return 130;
      throw error;
    }
  },
};

const rowsOf = (counts: RetentionCounts & { readonly aggregatesKept: number }) => ({
  requests: counts.requestsRemoved,
  records: counts.evaluationsRemoved,
  events: counts.feedbackRemoved,
  ...(counts.aggregatesKept > 0 && { "sums kept": counts.aggregatesKept }),
});
