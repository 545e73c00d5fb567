import { HeedError } from "@heed/core";
import { inTransaction } from "./in-transaction.ts";
import { type Migration, migrations } from "./migrations.ts";
import { createPartitions } from "./partitions.ts";
import type { PostgresClient, PostgresPool } from "./postgres-pool.ts";

interface SetUpOptions {
  /** The first month that has a partition of its own; left out, tables that are new have none. */
  readonly partitionSince?: Date | undefined;
  readonly steps?: readonly Migration[];
  /** Milliseconds since 1970. */
  readonly nowMs?: number;
}

/**
 * Creates the schema and its tables, or brings them up to date, all of it or nothing. Several processes may do so at
 * once: one of them works, and the others find it done.
 *
 * @param schema Its name, quoted as it stands in SQL.
 * @throws HeedError `STORE_FAILED` when a newer heed has been at the schema, or its tables were not made for partitions.
 */
export const setUp = (
  pool: PostgresPool,
  schema: string,
  { partitionSince, steps = migrations, nowMs = Date.now() }: SetUpOptions = {},
): Promise<void> =>
  inTransaction(pool, async (client) => {
    const run = (text: string) => client.query({ text, rowMode: "array" });
    await client.query({
      text: "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
      values: [`heed ${schema}`],
      rowMode: "array",
    });
    // Asked first: a role that may not create schemas may still use one that is there.
    if ((await lookUp(client, "to_regnamespace($1)::text", schema)) === null)
      await run(`CREATE SCHEMA ${schema}`);
    const version = await versionOf(client, schema);
    if (version > steps.length) throw newerVersion();
    const isParted = version > 0 ? await hasPartitions(client, schema) : partitionSince !== undefined;
    if (partitionSince && !isParted)
      throw new HeedError(
        "STORE_FAILED",
        "postgres store cannot part tables that are there: copy them to a new schema",
      );
    for (const step of steps.slice(version)) {
      for (const statement of statementsOf(step(schema, isParted))) await run(statement);
      await run(`UPDATE ${schema}.heed_version SET version = version + 1`);
    }
    if (isParted) await createPartitions(client, schema, partitionSince, nowMs);
  });

/** One by one: what comes as a prepared statement is one statement. */
const statementsOf = (migration: string): string[] =>
  migration.split(/;\n/).filter((statement) => statement.trim() !== "");

const lookUp = async (client: PostgresClient, sql: string, name: string): Promise<unknown> => {
  const { rows } = await client.query({ text: `SELECT ${sql}`, values: [name], rowMode: "array" });
  return rows[0]?.[0];
};

const hasPartitions = async (client: PostgresClient, schema: string): Promise<boolean> =>
  (await lookUp(
    client,
    "relkind::text FROM pg_class WHERE oid = $1::regclass",
    `${schema}.feedback_events`,
  )) === "p";

/** How many migrations were run; 0 where heed has never been. */
const versionOf = async (client: PostgresClient, schema: string): Promise<number> => {
  const table = `${schema}.heed_version`;
  if ((await lookUp(client, "to_regclass($1)::text", table)) === null) return 0;
  const { rows } = await client.query({ text: `SELECT version FROM ${table}`, rowMode: "array" });
  return Number(rows[0]![0]);
};

/**
 * Makes sure that the tables are the ones this version of heed knows.
 *
 * @throws HeedError `STORE_FAILED` when `setup` was never run, or a newer heed has been at the schema.
 */
export const checkVersion = async (client: PostgresClient, schema: string): Promise<void> => {
  const version = await versionOf(client, schema);
  if (version > migrations.length) throw newerVersion();
  if (version < migrations.length)
    throw new HeedError("STORE_FAILED", "postgres store has no up-to-date tables: call setup() first");
};

const newerVersion = () =>
  new HeedError("STORE_FAILED", "postgres store cannot use a schema of a newer version of heed");
