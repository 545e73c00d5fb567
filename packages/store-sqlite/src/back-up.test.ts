import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Store } from "@heed/core";
import type { FeedbackEvent } from "@heed/schema";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backUp } from "./back-up.ts";
import { sqliteStore } from "./sqlite-store.ts";

let folder: string;
let path: string;
let copy: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-back-up-"));
  path = join(folder, "heed.db");
  copy = join(folder, "copy.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const setUp = async (source: string | DatabaseSync = path) => {
  const store = sqliteStore(source);
  await store.setup();
  return store;
};

const idOf = (n: number) => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const events = (from: number, to: number): FeedbackEvent[] =>
  Array.from({ length: to - from }, (_, at) => ({
    id: idOf(from + at),
    requestId: `req-${at % 50}`,
    type: "explicit_text_comment",
    value: "comment ".repeat(20),
    timestamp: new Date("2026-01-02T03:04:05.678Z"),
  }));

const idsIn = async (store: Store): Promise<readonly string[]> =>
  (await store.readFeedback({}, { limit: 1_000_000 })).items.map(({ id }) => id);

/** What a copy holds, opened like any store, after SQLite found nothing wrong with it. */
const idsInCopy = async (): Promise<readonly string[]> => {
  const database = new DatabaseSync(copy);
  expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
  const store = await setUp(copy);
  const ids = await idsIn(store);
  await store.close();
  return ids;
};

describe("a backup", () => {
  test("holds all that was acknowledged before, while writes of this and another connection go on", async () => {
    const [store, other] = [await setUp(), await setUp()];
    await store.appendFeedback(events(0, 20_000));
    const before = await idsIn(store);
    let isDone = false;
    const keepAppending = async (own: Store, from: number): Promise<void> => {
      for (let next = from; !isDone; next += 10) await own.appendFeedback(events(next, next + 10));
    };
    const starts = [1_000_000, 2_000_000];
    const appending = [keepAppending(store, starts[0]!), keepAppending(other, starts[1]!)];
    await store.backup(copy);
    isDone = true;
    await Promise.all(appending);

    const [ids, after] = [await idsInCopy(), await idsIn(store)];
    expect(after.length).toBeGreaterThan(before.length);
    expect(ids.slice(0, before.length)).toEqual(before);
    // Of what came meanwhile it has all up to one moment, whoever appended it.
    for (const start of starts) {
      const inRange = (id: string) => id >= idOf(start) && id < idOf(start + 1_000_000);
      const copied = ids.filter(inRange);
      expect(copied).toEqual(after.filter(inRange).slice(0, copied.length));
    }
    await Promise.all([store.close(), other.close()]);
  });

  test("is written by SQLite itself where Node has no backup", async () => {
    const store = await setUp();
    await store.appendFeedback(events(0, 100));
    const database = new DatabaseSync(path);
    await backUp(database, copy, null);
    expect(await idsInCopy()).toEqual(await idsIn(store));

    const inMemory = new DatabaseSync(":memory:");
    await (await setUp(inMemory)).appendFeedback(events(0, 3));
    await backUp(inMemory, copy, null);
    expect(await idsInCopy()).toHaveLength(3);
    database.close();
    await store.close();
  });

  test("of a database in memory makes it a file", async () => {
    const store = await setUp(new DatabaseSync(":memory:"));
    await store.appendFeedback(events(0, 100));
    await store.backup(copy);
    expect(await idsInCopy()).toEqual(await idsIn(store));
  });

  test("has its name only once it is whole, and takes the place of an older one", async () => {
    const store = await setUp();
    await store.appendFeedback(events(0, 10));
    await store.backup(copy);
    await store.appendFeedback(events(10, 20));
    await store.backup(copy);
    expect(await idsInCopy()).toHaveLength(20);
    await store.close();
    expect((await readdir(folder)).sort()).toEqual(["copy.db", "heed.db"]);
  });

  test("that fails leaves an older one as it was, and nothing else", async () => {
    const store = await setUp();
    await writeFile(copy, "the older one");
    const failing = async (_: DatabaseSync, to: string | URL | Buffer): Promise<number> => {
      await writeFile(to, "half a copy");
      throw new Error("no more space");
    };
    const database = new DatabaseSync(path);
    await expect(backUp(database, copy, failing)).rejects.toThrow("no more space");
    database.close();
    await store.close();
    expect(await readFile(copy, "utf8")).toBe("the older one");
    expect((await readdir(folder)).sort()).toEqual(["copy.db", "heed.db"]);
  });

  test("in the place of a database that is open, its own or another, is refused", async () => {
    const [store, other] = [await setUp(), await setUp(copy)];
    await store.appendFeedback(events(0, 10));
    await other.appendFeedback(events(0, 5));
    for (const target of [path, copy])
      await expect(store.backup(target)).rejects.toMatchObject({ code: "INVALID_QUERY" });
    await other.close();
    expect(await idsInCopy()).toHaveLength(5);
    await store.close();
    // No longer in use, and still the store's own.
    await expect((await setUp()).backup(path)).rejects.toMatchObject({ code: "INVALID_QUERY" });
  });

  test("where no file can be made is a failure with its cause, and after close there is none", async () => {
    const store = await setUp();
    await expect(store.backup(join(folder, "missing", "copy.db"))).rejects.toMatchObject({
      code: "STORE_FAILED",
      cause: expect.any(Error),
    });
    await store.close();
    await expect(store.backup(copy)).rejects.toMatchObject({ code: "STORE_CLOSED" });
    expect(await readdir(folder)).toEqual(["heed.db"]);
  });
});
