import type { Command } from "../io.ts";
import { listCommands } from "../list-commands.ts";
import { usageError } from "../usage-error.ts";
import { eraseCommand } from "./user/erase.ts";
import { exportCommand } from "./user/export.ts";

const subcommands: ReadonlyMap<string, Command> = new Map([
  ["export", exportCommand],
  ["erase", eraseCommand],
]);

const help = `Usage: heed user export --store STORE --user ID [--request ID ...]
       heed user erase --store STORE --user ID [--request ID ...] --yes

What a store keeps of one user: all of it, or nothing any more.

${listCommands(subcommands)}

  --store STORE   a file such as feedback.db, postgres://… or clickhouse://…
  --user ID       the user id that events have
  --request ID    a request that is known to be the user's: records of evaluations name no user; repeatable

heed user export --help and heed user erase --help say more.
`;

/** `heed user`: what a store keeps of one user. */
export const userCommand: Command = {
  summary: "export or erase what is kept of a user",
  help,
  run: async () => {
    throw usageError("heed user takes export or erase");
  },
  subcommands,
};
