import { mkdir, mkdtemp, open, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { EvaluationRecord } from "@heed/schema";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sqliteStore } from "./sqlite-store.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-failures-"));
  path = join(folder, "heed.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const idOf = (n: number) => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const records: EvaluationRecord[] = Array.from({ length: 500 }, (_, at) => ({
  id: idOf(at),
  requestId: `req-${at}`,
  timestamp: new Date("2026-01-02T03:04:05.678Z"),
  prompt: "prompt ".repeat(50),
}));

const failed = (why: string) => ({
  code: "STORE_FAILED",
  message: expect.stringMatching(new RegExp(`^sqlite store failed to .+: ${why}`)),
  cause: expect.any(Error),
});

describe("what went wrong is said, with SQLite's own error as the cause", () => {
  test("of a file that is no database", async () => {
    await writeFile(path, "a shopping list, and no database ".repeat(100));
    const store = sqliteStore(path);
    for (const asked of [store.setup(), store.readEvaluations({}, { limit: 1 }), store.eraseUser("user-1")])
      await expect(asked).rejects.toMatchObject(failed("the file is no SQLite database"));
    await store.close();
  });

  test("of a file that was damaged, which loses no acknowledgement", async () => {
    const store = sqliteStore(path);
    await store.setup();
    await store.appendEvaluations(records);
    await store.close();
    const file = await open(path, "r+");
    const { size } = await stat(path);
    // All pages but the first few, which hold the schema.
    const from = 12 * 4_096;
    await file.write(Buffer.alloc(size - from, 0xaa), 0, size - from, from);
    await file.close();

    const damaged = sqliteStore(path);
    const why = failed("the file is damaged: restore a backup");
    await expect(damaged.readEvaluations({}, { limit: 1_000 })).rejects.toMatchObject(why);
    await expect(damaged.appendEvaluations([{ ...records[0]!, id: idOf(900) }])).rejects.toMatchObject(why);
    await damaged.close();
  });

  test("of a folder that does not exist, and of one in the place of a file", async () => {
    const nowhere = sqliteStore(join(folder, "missing", "heed.db"));
    await expect(nowhere.setup()).rejects.toMatchObject(failed("the folder of the file does not exist"));
    await mkdir(path);
    await expect(sqliteStore(path).setup()).rejects.toMatchObject(failed("the file cannot be opened"));
  });

  test("of a database that was opened for reading only", async () => {
    await sqliteStore(path).setup();
    const database = new DatabaseSync(path, { readOnly: true });
    const store = sqliteStore(database);
    await expect(store.appendEvaluations(records)).rejects.toMatchObject(
      failed("the database cannot be written"),
    );
    database.close();
  });
});
