import { DatabaseSync } from "node:sqlite";
import { HeedError } from "@heed/core";
import { migrations } from "./schema.ts";

/**
 * Opens a file the way heed wants it, and writes nothing to it: a commit survives a power cut (`synchronous=FULL`),
 * another process is waited for rather than failed on, what is removed is overwritten, and a log that grew behind a long
 * reader is cut back.
 */
export const openFile = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path);
  try {
    database.exec(`
      PRAGMA busy_timeout = 5000;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 4000;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA cache_size = -32768;
      PRAGMA secure_delete = ON;
    `);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
};

/** Makes a file one of heed's: with its tables, and in WAL mode, in which readers never block the writer. */
export const setUpFile = (database: DatabaseSync): void => {
  database.exec("PRAGMA journal_mode = WAL");
  migrate(database);
};

/** `PRAGMA user_version` belongs to whoever owns the file, and that need not be heed. */
const versionOf = (database: DatabaseSync): number => {
  const isMarked = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'heed_version'").get();
  return isMarked ? (database.prepare("SELECT version FROM heed_version").get()!.version as number) : 0;
};

/**
 * Runs the migrations that the database has not seen yet, all or none of them.
 *
 * @throws HeedError `STORE_FAILED` when a newer heed has been at the file.
 */
export const migrate = (database: DatabaseSync): void =>
  inTransaction(database, () => {
    for (const migration of migrations.slice(versionOf(database))) {
      database.exec(migration);
      database.exec("UPDATE heed_version SET version = version + 1");
    }
    checkVersion(database);
  });

/**
 * Makes sure that the tables are the ones this version of heed knows.
 *
 * @throws HeedError `STORE_FAILED` when `setup` was never run, or a newer heed has been at the file.
 */
export const checkVersion = (database: DatabaseSync): void => {
  const version = versionOf(database);
  if (version > migrations.length)
    throw new HeedError("STORE_FAILED", "sqlite store cannot use a database of a newer version of heed");
  if (version < migrations.length)
    throw new HeedError("STORE_FAILED", "sqlite store has no up-to-date tables: call setup() first");
};

/** Runs `work` in one transaction that takes the write lock at once, and rolls back if it throws. */
export const inTransaction = <Answer>(database: DatabaseSync, work: () => Answer): Answer => {
  database.exec("BEGIN IMMEDIATE");
  try {
    const answer = work();
    database.exec("COMMIT");
    return answer;
  } catch (error) {
    try {
      database.exec("ROLLBACK");
    } catch {
      // SQLite had rolled back by itself, as it does when the disk is full.
    }
    throw error;
  }
};
