import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { withoutFastPaths } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import { testStore } from "@heed/store-testing";
import { afterAll } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "heed-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (database: string) => join(folder, `${database}.db`);

testStore("sqliteStore(path)", ({ database, tenant }) => sqliteStore(fileOf(database), { tenant }));

const databases = new Map<string, DatabaseSync>();
testStore(
  "sqliteStore(database)",
  ({ database, tenant }) => {
    const opened = databases.get(database) ?? new DatabaseSync(":memory:");
    databases.set(database, opened);
    return sqliteStore(opened, { tenant });
  },
  { runs: 15 },
);

testStore("sqliteStore(path) without its fast paths", async ({ database, tenant }) => {
  const store = sqliteStore(fileOf(database), { tenant });
  await store.setup();
  return withoutFastPaths(store);
});
