import type { DatabaseSync } from "node:sqlite";
import { userDigest } from "@heed/core";
import { hintOf } from "./hint-of.ts";
import { statementCache } from "./statement-cache.ts";

const nobody: ReadonlySet<string> = new Set();

/**
 * The erased users of one tenant, of whom there is only a digest. To make one for every event would double the cost of
 * an append: the hints of the erased, held in memory, tell of nearly every user that they are none of them.
 */
export const erasedUsers = (database: DatabaseSync, tenant: string) => {
  const prepare = statementCache(database);
  const hints = new Set<number>();
  /** Whether there are digests from elsewhere, of which nobody knows the hint. */
  let isUnsure = false;
  let reach = 0;

  /** Takes up the erasures since the last time, by whichever connection. */
  const catchUp = (): void => {
    for (const row of prepare("SELECT seq, tenant, hint FROM erased_users WHERE seq > ?").all(reach)) {
      reach = row.seq as number;
      if (row.tenant !== tenant) continue;
      if (row.hint === null) isUnsure = true;
      else hints.add(row.hint as number);
    }
  };

  const insert = "INSERT OR IGNORE INTO erased_users (tenant, digest, hint) VALUES (?, ?, ?)";

  return {
    /** Which of these users are erased; part of the transaction that goes by it. */
    among: (userIds: Iterable<string>): ReadonlySet<string> => {
      catchUp();
      if (hints.size === 0 && !isUnsure) return nobody;
      const byDigest = new Map<string, string>();
      for (const userId of userIds)
        if (isUnsure || hints.has(hintOf(userId))) byDigest.set(userDigest(userId), userId);
      if (byDigest.size === 0) return nobody;
      const found = prepare(
        "SELECT digest FROM erased_users WHERE tenant = ? AND digest IN (SELECT value FROM json_each(?))",
      ).all(tenant, JSON.stringify([...byDigest.keys()]));
      return new Set(found.map(({ digest }) => byDigest.get(digest as string)!));
    },

    add: (userId: string): void => {
      prepare(insert).run(tenant, userDigest(userId), hintOf(userId));
    },

    addDigests: (digests: readonly string[]): void => {
      for (const digest of digests) prepare(insert).run(tenant, digest, null);
    },

    digests: (): readonly string[] =>
      prepare("SELECT digest FROM erased_users WHERE tenant = ?")
        .all(tenant)
        .map(({ digest }) => digest as string),
  };
};
