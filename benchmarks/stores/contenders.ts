import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createClient } from "@clickhouse/client";
import type { Store } from "@heed/core";
import type { EvaluationRecord } from "@heed/schema";
import { clickhouseStore } from "@heed/store-clickhouse";
import { postgresStore } from "@heed/store-postgres";
import { sqliteStore } from "@heed/store-sqlite";
import pg from "pg";
import { startClickHouse } from "../../tests/engines/start-clickhouse.ts";
import { startPostgres } from "../../tests/engines/start-postgres.ts";
import { copyIn } from "./copy-in.ts";
import { rowBinary } from "./row-binary.ts";

/**
 * A store, and the fastest insert that one would write by hand for the same engine, into a table laid out as heed's is: one
 * without the indexes that analyses need would be another product.
 */
export interface Contender {
  readonly name: string;
  /** What the insert by hand is. */
  readonly byHand: string;
  /** A store with tables of its own each time. */
  readonly open: (database: string) => Promise<Store>;
  /** Makes the table by hand, beside the store's of that name. */
  readonly prepare: (database: string) => Promise<unknown>;
  /** Inserts records into it, acknowledged when it is done. */
  readonly insert: (records: readonly EvaluationRecord[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

const json = JSON.stringify;

export const startSqlite = async (): Promise<Contender> => {
  const folder = mkdtempSync(join(tmpdir(), "heed-bench-"));
  const database = new DatabaseSync(join(folder, "by-hand.db"));
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768;
    CREATE TABLE records (tenant TEXT NOT NULL, id TEXT NOT NULL, request_id TEXT NOT NULL, timestamp_ms INTEGER NOT NULL,
      eval_scores TEXT, model TEXT, prompt_version TEXT, metadata TEXT) STRICT;
    CREATE UNIQUE INDEX records_id ON records (tenant, id);`);
  const insert = database.prepare("INSERT INTO records VALUES ('default', ?, ?, ?, ?, ?, ?, ?)");
  return {
    name: "SQLite",
    byHand: "prepared insert, a transaction a batch",
    open: async (name) => sqliteStore(join(folder, `${name}.db`)),
    prepare: async () => {},
    insert: async (records) => {
      database.exec("BEGIN IMMEDIATE");
      for (const { id, requestId, timestamp, evalScores, model, promptVersion, metadata } of records)
        insert.run(
          id,
          requestId,
          timestamp.getTime(),
          json(evalScores),
          model!,
          promptVersion!,
          json(metadata),
        );
      database.exec("COMMIT");
    },
    close: async () => {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
};

export const startPostgresContender = async (): Promise<Contender> => {
  const server = await startPostgres({ durable: true });
  const pool = new pg.Pool({ connectionString: server.url });
  return {
    name: "Postgres",
    byHand: "COPY",
    open: async (schema) => postgresStore(pool, { schema }),
    prepare: (schema) => pool.query(`CREATE TABLE records (LIKE ${schema}.eval_logs INCLUDING ALL)`),
    insert: (records) => copyIn(pool, records),
    close: async () => {
      await pool.end();
      await server.stop();
    },
  };
};

export const startClickHouseContender = async (): Promise<Contender> => {
  const node = await startClickHouse();
  const client = createClient({ url: node.url, log: { level: 127 }, request_timeout: 600_000 });
  const insert =
    encodeURIComponent(`INSERT INTO records (tenant, id, request_id, timestamp_ms, eval_scores, model,
      prompt_version, metadata)
    SELECT 'default', * FROM input('id String, request_id String, timestamp_ms Int64, eval_scores String, model String,
      prompt_version String, metadata String') FORMAT RowBinary`);
  return {
    name: "ClickHouse",
    byHand: "RowBinary",
    open: async (database) => clickhouseStore(client, { database }),
    prepare: (database) => client.command({ query: `CREATE TABLE records AS ${database}.eval_logs` }),
    insert: async (records) => {
      const response = await fetch(`${node.url}/?query=${insert}`, {
        method: "POST",
        body: rowBinary(records),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    close: async () => {
      await client.close();
      await node.stop();
    },
  };
};
