import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isHeedError } from "@heed/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkVersion, inTransaction, migrate, openFile, setUpFile } from "./open-database.ts";
import { migrations } from "./schema.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-open-database-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inMemory = () => new DatabaseSync(":memory:");
const pragma = (database: DatabaseSync, name: string) =>
  Object.values(database.prepare(`PRAGMA ${name}`).get()!)[0];
const versionIn = (database: DatabaseSync) =>
  database.prepare("SELECT version FROM heed_version").get()!.version;
const tablesOf = (database: DatabaseSync) =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
    .map(({ name }) => name);

describe("a file that was opened", () => {
  test("survives a power cut after each commit, and its readers never block its writer", () => {
    const database = openFile(join(folder, "safe.db"));
    setUpFile(database);
    expect(pragma(database, "journal_mode")).toBe("wal");
    // 2 is FULL.
    expect(pragma(database, "synchronous")).toBe(2);
    expect(pragma(database, "busy_timeout")).toBe(5_000);
    database.close();
  });

  test("is refused when it is no database", async () => {
    const path = join(folder, "text.db");
    await writeFile(path, "This is a shopping list, not a database. ".repeat(100));
    expect(() => openFile(path)).toThrow("file is not a database");
  });
});

describe("migrating", () => {
  test("brings an empty database to the newest version", () => {
    const database = inMemory();
    expect(() => checkVersion(database)).toThrow("call setup() first");
    migrate(database);
    checkVersion(database);
    expect(versionIn(database)).toBe(migrations.length);
    expect(tablesOf(database)).toEqual([
      "changes",
      "erased_users",
      "eval_logs",
      "feedback_events",
      "folded_records",
      "heed_version",
      "request_index",
      "request_index_reach",
      "requests",
      "requests_reach",
    ]);
  });

  test.each(migrations.map((_, version) => version))("runs forward from version %i", (version) => {
    const older = inMemory();
    for (const migration of migrations.slice(0, version)) older.exec(migration);
    if (version > 0) older.exec(`UPDATE heed_version SET version = ${version}`);
    older.exec("PRAGMA user_version = 77; CREATE TABLE of_the_caller (note TEXT)");
    older.exec("INSERT INTO of_the_caller VALUES ('kept')");
    migrate(older);

    const fresh = inMemory();
    migrate(fresh);
    expect(tablesOf(older)).toEqual([...tablesOf(fresh), "of_the_caller"].sort());
    expect(pragma(older, "user_version")).toBe(77);
    expect(older.prepare("SELECT note FROM of_the_caller").all()).toEqual([{ note: "kept" }]);
  });

  test("a second time changes nothing", () => {
    const database = inMemory();
    migrate(database);
    database.exec("INSERT INTO request_index VALUES ('eval_logs', 'default', 'req-1', 1)");
    migrate(database);
    expect(database.prepare("SELECT count(*) AS rows FROM request_index").get()).toEqual({ rows: 1 });
  });

  test("fails as a whole: a table of the same name leaves no half of it", () => {
    const database = inMemory();
    database.exec("CREATE TABLE eval_logs (theirs TEXT)");
    expect(() => migrate(database)).toThrow("eval_logs already exists");
    expect(tablesOf(database)).toEqual(["eval_logs"]);
  });

  test("refuses a database of a newer version, and leaves it as it is", () => {
    const database = inMemory();
    migrate(database);
    database.exec("UPDATE heed_version SET version = version + 1");
    for (const use of [migrate, checkVersion])
      expect(() => use(database)).toThrow(
        expect.toSatisfy((error: unknown) => isHeedError(error, "STORE_FAILED")),
      );
    expect(versionIn(database)).toBe(migrations.length + 1);
  });
});

describe("a transaction", () => {
  const withTable = () => {
    const database = inMemory();
    database.exec("CREATE TABLE numbers (n INTEGER UNIQUE)");
    return {
      database,
      insert: (n: number) => database.prepare("INSERT INTO numbers VALUES (?)").run(n),
      rows: () =>
        database
          .prepare("SELECT n FROM numbers ORDER BY n")
          .all()
          .map(({ n }) => n),
    };
  };

  test("gives the answer of its work, committed", () => {
    const { database, insert, rows } = withTable();
    expect(inTransaction(database, () => insert(1).changes)).toBe(1);
    expect(database.isTransaction).toBe(false);
    expect(rows()).toEqual([1]);
  });

  test("that fails leaves nothing, and the next one works", () => {
    const { database, insert, rows } = withTable();
    const failing = () => {
      insert(1);
      insert(1);
    };
    expect(() => inTransaction(database, failing)).toThrow("UNIQUE constraint failed");
    inTransaction(database, () => insert(2));
    expect(rows()).toEqual([2]);
  });

  test("within one of the caller's fails, and leaves the caller's alone", () => {
    const { database, insert, rows } = withTable();
    database.exec("BEGIN");
    insert(1);
    expect(() => inTransaction(database, () => insert(2))).toThrow("within a transaction");
    database.exec("COMMIT");
    expect(rows()).toEqual([1]);
  });
});
