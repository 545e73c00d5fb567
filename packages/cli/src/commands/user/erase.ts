import { eraseUser } from "@heed/core";
import type { Command } from "../../io.ts";
import { required } from "../../option-values.ts";
import { formatJson } from "../../output/format-json.ts";
import { parseOptions } from "../../parse-options.ts";
import { usageError } from "../../usage-error.ts";
import { withStore } from "../../with-store.ts";

const help = `Usage: heed user erase --store STORE --user ID [--request ID ...] --yes

Removes the events of a user, and the requests that are named with all that anybody said about them, beyond
recovery as far as the engine can. Later events of that user are rejected, late retries among them. Prints a
receipt as JSON, which has no text of the user in it: keep it.

  --store STORE   a file such as feedback.db, postgres://… or clickhouse://…
  --user ID       the user id that events have
  --request ID    a request that is known to be the user's: records of evaluations name no user; repeatable
  --yes           what is erased cannot be brought back: without it, nothing is done

Backups that were made before still hold the user.
`;

/** `heed user erase`: nothing is kept of a user any more. */
export const eraseCommand: Command = {
  summary: "remove all of it for good, and refuse later events",
  help,
  run: async (args, { stdout }) => {
    const { values } = parseOptions(args, {
      store: { type: "string" },
      user: { type: "string" },
      request: { type: "string", multiple: true, default: [] },
      yes: { type: "boolean", default: false },
    });
    const name = required(values.store, "--store STORE");
    const userId = required(values.user, "--user ID");
    if (!values.yes) throw usageError("what is erased cannot be brought back: add --yes");
    const receipt = await withStore(name, { create: false }, (store) =>
      eraseUser(store, userId, { requestIds: values.request }),
    );
    stdout.write(formatJson(receipt));
    return 0;
  },
};
