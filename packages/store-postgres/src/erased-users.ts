import { HeedError, userDigest } from "@heed/core";
import { arrayLiteral } from "./array-literal.ts";
import { comparable } from "./conditions.ts";
import { inTransaction } from "./in-transaction.ts";
import type { Place } from "./place.ts";
import type { PostgresClient, PostgresPool } from "./postgres-pool.ts";

/** The tables that hold rows of `$1`: itself, or its partitions. */
const leaves = `SELECT $1::regclass::oid EXCEPT SELECT relid FROM pg_partition_tree($1) WHERE NOT isleaf
                UNION SELECT relid FROM pg_partition_tree($1) WHERE isleaf`;

/**
 * The erased users of one tenant.
 *
 * @param rewrites Whether an erasure writes the files anew that it removed events from.
 */
export const erasedUsers = (pool: PostgresPool, { schema, tenant }: Place, rewrites: boolean) => {
  const events = `${schema}.feedback_events`;

  /** Refuses users from now on: appends under way are waited for, and those to come see the digests. */
  const refuse = async (client: PostgresClient, digests: readonly string[]): Promise<number> => {
    await client.query({ text: `LOCK TABLE ${events} IN SHARE ROW EXCLUSIVE MODE`, rowMode: "array" });
    const { rows } = await client.query({
      text: `INSERT INTO ${schema}.erased_users SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING RETURNING 1`,
      values: [tenant, arrayLiteral(digests)],
      rowMode: "array",
    });
    return rows.length;
  };

  /** Removes a user's events, and gives how many there were in which table. */
  const removeEvents = async (client: PostgresClient, userId: string) => {
    const { rows } = await client.query({
      text: `WITH removed AS (DELETE FROM ${events} WHERE tenant = $1 AND user_id = $2 RETURNING tableoid)
             SELECT tableoid, count(*) FROM removed GROUP BY tableoid`,
      values: [tenant, comparable(userId)],
      rowMode: "array",
    });
    return rows.map(([table, count]) => ({ table: Number(table), count: Number(count) }));
  };

  const lookUp = async (sql: string, table: number): Promise<unknown> => {
    const { rows } = await pool.query({ text: `SELECT ${sql}`, values: [table], rowMode: "array" });
    return rows[0]![0];
  };

  /**
   * Frees the space of what was removed. A plain VACUUM leaves its bytes there until somebody else needs the space: only
   * writing the table, its indexes and its long texts anew takes them out of the files.
   */
  const vacuum = async (table: number): Promise<void> => {
    const name = (await lookUp("$1::oid::regclass::text", table)) as string;
    if (rewrites) {
      const before = await lookUp("pg_relation_filenode($1::oid::regclass)", table);
      await pool.query({ text: `VACUUM (FULL) ${name}`, rowMode: "array" });
      // A role that may not is only warned.
      if ((await lookUp("pg_relation_filenode($1::oid::regclass)", table)) === before)
        throw new HeedError("STORE_FAILED", "postgres store may not rewrite its tables: their owner may");
    }
    // Lets scans be answered from indexes alone again, and renews what the planner knows.
    await pool.query({ text: `VACUUM (ANALYZE) ${name}`, rowMode: "array" });
  };

  return {
    all: async (): Promise<string[]> => {
      const text = `SELECT digest FROM ${schema}.erased_users WHERE tenant = $1`;
      const { rows } = await pool.query({ text, values: [tenant], rowMode: "array" });
      return rows.map(([digest]) => digest as string);
    },

    add: async (digests: readonly string[]): Promise<void> => {
      await inTransaction(pool, (client) => refuse(client, digests));
    },

    /** Refuses a user, removes the user's events, and says how many there were. */
    erase: async (userId: string): Promise<number> => {
      const { isNew, removed } = await inTransaction(pool, async (client) => ({
        isNew: (await refuse(client, [userDigest(userId)])) > 0,
        removed: await removeEvents(client, userId),
      }));
      const touched = removed.map(({ table }) => table);
      // Erased before, perhaps by somebody who did not get as far as the files.
      if (!isNew && touched.length === 0) {
        const { rows } = await pool.query({ text: leaves, values: [events], rowMode: "array" });
        touched.push(...rows.map(([table]) => Number(table)));
      }
      for (const table of touched) await vacuum(table);
      return removed.reduce((sum, { count }) => sum + count, 0);
    },
  };
};
