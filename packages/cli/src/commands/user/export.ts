import { exportUser } from "@heed/core";
import type { Command } from "../../io.ts";
import { required } from "../../option-values.ts";
import { formatJson } from "../../output/format-json.ts";
import { parseOptions } from "../../parse-options.ts";
import { withStore } from "../../with-store.ts";

const help = `Usage: heed user export --store STORE --user ID [--request ID ...] > user.jsonl

Prints everything that is kept of a user as JSON Lines, in the form that heed import takes: all events of
theirs, and the records of the requests that are named.

  --store STORE   a file such as feedback.db, postgres://… or clickhouse://…
  --user ID       the user id that events have
  --request ID    a request that is known to be the user's: records of evaluations name no user; repeatable

Exit codes: 0 all of it was printed, 130 stopped before the end.
`;

/** `heed user export`: everything that is kept of a user, as JSON Lines. */
export const exportCommand: Command = {
  summary: "print all of it as JSON Lines",
  help,
  run: async (args, { stdout, signal }) => {
    const { values } = parseOptions(args, {
      store: { type: "string" },
      user: { type: "string" },
      request: { type: "string", multiple: true, default: [] },
    });
    const name = required(values.store, "--store STORE");
    const userId = required(values.user, "--user ID");
    return withStore(name, { create: false }, async (store) => {
      for await (const item of exportUser(store, userId, { requestIds: values.request })) {
        if (signal.aborted) return 130;
        stdout.write(formatJson(item, 0));
      }
      return 0;
    });
  },
};
