import { recordAcknowledgement, recordChange } from "@heed/core";
import type { Command } from "../io.ts";
import { required, segmentOption, timeOption } from "../option-values.ts";
import { parseOptions } from "../parse-options.ts";
import { usageError } from "../usage-error.ts";
import { withStore } from "../with-store.ts";

const help = `Usage: heed change NAME --store STORE [options]
       heed change NAME --store STORE --acknowledged [--at TIME]

Records what was changed in the product, so that its effect can be measured later and nobody has to remember
the day. heed analyze changes lists the changes, heed impact --change NAME measures one.

  --store STORE              a file such as feedback.db, postgres://… or clickhouse://…
  --at TIME                  when it took effect (default: now)
  --reason TEXT              why
  --chosen-for LABEL=VALUE   the segment that it was made for, if that was because it did badly: such a
                             segment gets better by itself, too
  --acknowledged             not a change, but that users were told of this one: see
                             heed analyze service-levels

Times are ISO 8601: 2026-03-01 (midnight UTC) or 2026-03-01T09:00:00Z.
`;

/** `heed change`: what was changed, when and why. */
export const changeCommand: Command = {
  summary: "record what was changed in the product, when and why",
  help,
  run: async (args, { stdout }) => {
    const { values, positionals } = parseOptions(
      args,
      {
        store: { type: "string" },
        at: { type: "string" },
        reason: { type: "string" },
        "chosen-for": { type: "string" },
        acknowledged: { type: "boolean" },
      },
      ["NAME"],
    );
    const path = required(values.store, "--store STORE");
    const chosenFor = values["chosen-for"];
    const change = {
      change: positionals[0]!,
      ...(values.at !== undefined && { timestamp: timeOption(values.at, "--at") }),
      ...(values.reason !== undefined && { reason: values.reason }),
      ...(chosenFor !== undefined && { segment: segmentOption(chosenFor, "--chosen-for") }),
    };
    if (values.acknowledged && (values.reason ?? chosenFor) !== undefined)
      throw usageError("--acknowledged goes with --at alone");
    const record = values.acknowledged ? recordAcknowledgement : recordChange;
    const result = await withStore(path, { create: true }, (store) => record(store, change));
    if ("issues" in result)
      throw usageError(result.issues.map(({ path: field, message }) => `${field}: ${message}`).join("; "));
    stdout.write(`${result.status} ${result.id}\n`);
    return 0;
  },
};
