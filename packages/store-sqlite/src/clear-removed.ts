import type { DatabaseSync } from "node:sqlite";
import { HeedError } from "@heed/core";
import { describeFailure } from "./describe-failure.ts";
import { fileOf } from "./file-of.ts";
import { sqlInThread } from "./sql-in-thread.ts";

/**
 * Rewrites the file and empties its log, so that no byte is left of what was removed. To overwrite what is removed, as
 * `secure_delete` does, is not enough: where pages were split or joined before, copies of rows lie in their unused
 * parts. Takes as long as writing the file twice, in a thread of its own, and as much free space.
 *
 * @throws HeedError `STORE_FAILED` when it cannot be done now
 */
export const clearRemoved = async (database: DatabaseSync): Promise<void> => {
  const path = fileOf(database);
  if (path === undefined) return;
  const checkpoint = await sqlInThread(path, [
    { sql: "PRAGMA busy_timeout = 5000" },
    { sql: "VACUUM" },
    // Also after a failure, which can leave a log as large as the file.
    { sql: "PRAGMA wal_checkpoint(TRUNCATE)" },
  ]).catch((cause: unknown) => {
    throw unfinished(describeFailure(cause), { cause });
  });
  // Whoever reads may still need what is in the log.
  if (checkpoint.busy !== 0) throw unfinished(": another connection is reading what the log holds");
};

const unfinished = (why: string, options?: { readonly cause: unknown }): HeedError =>
  new HeedError(
    "STORE_FAILED",
    `sqlite store removed the events of the user and refuses later ones, but could not clear its file of them yet${why}; erasing the user again finishes it`,
    options,
  );
