import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { scanRequests } from "@heed/core";
import type { FeedbackEvent } from "@heed/schema";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bytesInFolder } from "./fixtures/bytes-in-folder.ts";
import { type SqliteStore, sqliteStore } from "./sqlite-store.ts";

const marker = "MARKER";
const user = `${marker}-user`;

let folder: string;
let path: string;
const databases: DatabaseSync[] = [];
let last = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-erase-user-"));
  path = join(folder, "heed.db");
  last = 0;
});
afterEach(async () => {
  for (const database of databases.splice(0)) database.close();
  await rm(folder, { recursive: true, force: true });
});

const connect = (options = {}): DatabaseSync => {
  const database = new DatabaseSync(path, options);
  databases.push(database);
  return database;
};

const setUp = async (source: string | DatabaseSync = path): Promise<SqliteStore> => {
  const store = sqliteStore(source);
  await store.setup();
  return store;
};

/** Numbers from 0 to 1 that look random, the same each time. */
const seeded = (seed: number) => () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x7fffffff;
};

const newId = () => `01ARZ3NDEKTSV4RRFF${String(++last).padStart(8, "0")}`;
const timestamp = new Date("2026-01-02T03:04:05.678Z");

const vote = (userId: string, requestId: string, fields: object = {}): FeedbackEvent =>
  ({
    id: newId(),
    requestId,
    userId,
    timestamp,
    type: "explicit_rating",
    value: 4,
    ...fields,
  }) as FeedbackEvent;

/** What one user does in a life of votes, comments long and short, and labels. */
const eventsOf = (userId: string, random: () => number): FeedbackEvent[] =>
  Array.from({ length: 20 }, () => {
    const word = userId === user ? marker : "plain";
    const requestId = `req-${Math.floor(random() * 1_500)}`;
    const metadata = { note: `${word}${"z".repeat(random() * 60)}` };
    const value = `${word} `.repeat(1 + random() ** 3 * 1_500);
    return random() < 0.3
      ? vote(userId, requestId, { metadata, type: "explicit_text_comment", value })
      : vote(userId, requestId, { metadata, value: 1 + Math.floor(random() * 5) });
  });

/** Fills a store with the marked user among thirty others; pages split, rows are folded, others are removed. */
const live = async (store: SqliteStore, seed: number): Promise<void> => {
  const random = seeded(seed);
  for (let turn = 0; turn < 15; turn++) {
    const users = Array.from({ length: 9 }, () => `user-${Math.floor(random() * 30)}`);
    const events = [user, ...users].flatMap((userId) => eventsOf(userId, random));
    await store.appendFeedback(events.sort(() => random() - 0.5));
    await store.appendEvaluations(
      events
        .slice(0, 50)
        .map(({ requestId }) => ({ id: newId(), requestId, timestamp, prompt: "p".repeat(200) })),
    );
    if (turn % 5 === 0) await Array.fromAsync(scanRequests(store, { eachVote: true }));
    if (turn % 7 === 6) await store.removeFeedback({ userId: `user-${turn % 30}` });
  }
};

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
const page = { limit: 100_000 };

describe("an erased user", () => {
  // Histories in which to overwrite what is removed would leave some, in the unused parts of pages that were split.
  test.each([5, 6, 7])(
    "leaves no byte in any file, and all others as they were (history %i)",
    async (seed) => {
      const store = await setUp();
      await live(store, seed);
      // Now both the file and its log have it all.
      connect().exec("PRAGMA wal_checkpoint(PASSIVE)");
      const { items } = await store.readFeedback({}, page);
      const others = items.filter(({ userId }) => userId !== user);
      const before = bytesInFolder(folder, marker);
      expect(before["heed.db"]).toBeGreaterThan(100);
      expect(before["heed.db-wal"]).toBeGreaterThan(100);

      expect(await store.eraseUser(user)).toBe(items.length - others.length);
      expect(bytesInFolder(folder, marker)).toEqual({ "heed.db": 0, "heed.db-shm": 0, "heed.db-wal": 0 });
      expect((await store.readFeedback({}, page)).items).toEqual(others);
      expect(connect().prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });

      await Array.fromAsync(scanRequests(store, { eachVote: true }));
      expect(total(bytesInFolder(folder, marker))).toBe(0);
      await store.close();
    },
  );

  test("leaves no byte where events were removed earlier, by a connection that overwrites nothing", async () => {
    const database = connect();
    database.exec("PRAGMA journal_mode = WAL; PRAGMA secure_delete = OFF");
    const careless = await setUp(database);
    await live(careless, 4);
    await careless.removeFeedback({ userId: user });
    expect(total(bytesInFolder(folder, marker))).toBeGreaterThan(100);

    const store = sqliteStore(path);
    expect(await store.eraseUser(user)).toBe(0);
    expect(total(bytesInFolder(folder, marker))).toBe(0);
    await store.close();
  });

  test.each(["DELETE", "TRUNCATE", "PERSIST"])("leaves no byte beside a journal of mode %s", async (mode) => {
    const database = connect();
    database.exec(`PRAGMA journal_mode = ${mode}`);
    const store = await setUp(database);
    await live(store, 5);
    expect(await store.eraseUser(user)).toBe(300);
    expect(total(bytesInFolder(folder, marker))).toBe(0);
  });

  test("is refused by every connection from then on, and nobody else is", async () => {
    const [one, other] = [await setUp(), await setUp()];
    const late = vote(user, "req-1");
    expect(await other.appendFeedback([late, vote("user-1", "req-1")])).toEqual(["stored", "stored"]);
    await one.eraseUser(user);
    for (const store of [one, other, await setUp()])
      expect(
        await store.appendFeedback([late, vote("user-2", "req-1"), vote(user, "req-2"), vote("", "req-1")]),
      ).toEqual(["erased", "stored", "erased", "stored"]);
    expect(total(bytesInFolder(folder, marker))).toBe(0);
  });

  test("is refused by its digest alone, as of a user who was erased in another store", async () => {
    const store = await setUp();
    await (await setUp(new DatabaseSync(":memory:"))).eraseUser(user);
    const elsewhere = await setUp(new DatabaseSync(":memory:"));
    await elsewhere.eraseUser(user);
    await store.addErasedUsers(await elsewhere.readErasedUsers());
    expect(await store.readErasedUsers()).toEqual(await elsewhere.readErasedUsers());
    expect(await store.appendFeedback([vote(user, "req-1"), vote("user-1", "req-1")])).toEqual([
      "erased",
      "stored",
    ]);
    await store.close();
  });

  test("lets appends of the same moment wait, and be answered", async () => {
    const store = await setUp();
    await live(store, 6);
    const erasing = store.eraseUser(user);
    const appending = Array.from({ length: 50 }, (_, at) =>
      store.appendFeedback([vote("user-1", `req-${at}`)]),
    );
    expect(await Promise.all(appending)).toEqual(appending.map(() => ["stored"]));
    expect(await erasing).toBe(300);
    await store.close();
  });
});

describe("while somebody reads", () => {
  test("says that the file is not clear yet, and clears it when it is called again", async () => {
    const store = await setUp();
    await store.appendFeedback([vote(user, "req-1"), vote("user-1", "req-1")]);
    const reader = connect();
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM feedback_events").get();

    await expect(store.eraseUser(user)).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringMatching(/removed .* refuses later ones.*another connection is reading.*again/),
    });
    expect((await store.readFeedback({ userId: user }, page)).items).toEqual([]);
    expect(await store.appendFeedback([vote(user, "req-1")])).toEqual(["erased"]);
    expect(total(bytesInFolder(folder, marker))).toBeGreaterThan(0);

    reader.exec("COMMIT");
    expect(await store.eraseUser(user)).toBe(0);
    expect(total(bytesInFolder(folder, marker))).toBe(0);
    await store.close();
  }, 30_000);
});
