import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import type { Store } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrations } from "./schema.ts";
import { sqliteStore } from "./sqlite-store.ts";

let folder: string;
let path: string;
const databases: DatabaseSync[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-sqlite-store-"));
  path = join(folder, "heed.db");
});
afterEach(async () => {
  for (const database of databases.splice(0)) database.close();
  await rm(folder, { recursive: true, force: true });
});

/** A connection of the test's own: to look behind the store's back, or to hand to a store. */
const connect = (to = ":memory:", options = {}): DatabaseSync => {
  const database = new DatabaseSync(to, options);
  databases.push(database);
  return database;
};

const idOf = (n: number) => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const event = (n: number, fields: object = {}): FeedbackEvent =>
  ({
    id: idOf(n),
    requestId: "req-1",
    type: "explicit_rating",
    value: 4.5,
    timestamp: new Date("2026-01-02T03:04:05.678Z"),
    ...fields,
  }) as FeedbackEvent;
const events = (from: number, to: number, fields: object = {}) =>
  Array.from({ length: to - from }, (_, at) => event(from + at, fields));
const record = (n: number, fields: object = {}): EvaluationRecord => ({
  id: idOf(n),
  requestId: "req-1",
  timestamp: new Date("2026-01-02T03:04:05.678Z"),
  ...fields,
});

const page = { limit: 10_000 };
const setUp = async (source: string | DatabaseSync = connect(), tenant = "default") => {
  const store = sqliteStore(source, { tenant });
  await store.setup();
  return store;
};
const idsOf = async (store: Store, filter = {}) =>
  (await store.readFeedback(filter, page)).items.map(({ id }) => id);
const failed = { code: "STORE_FAILED", message: expect.stringMatching(/^sqlite store /) };

describe("opening and closing", () => {
  test("nothing is opened before the first call, nor by closing without one", async () => {
    const store = sqliteStore(path);
    await store.close();
    expect(await readdir(folder)).toEqual([]);
  });

  test("a store that was not set up refuses, and works once it is", async () => {
    const store = sqliteStore(path);
    await expect(store.appendFeedback([event(1)])).rejects.toMatchObject(failed);
    await expect(store.readEvaluations({}, page)).rejects.toMatchObject(failed);
    await expect(store.removeFeedback({})).rejects.toMatchObject(failed);
    await store.setup();
    expect(await store.appendFeedback([event(1)])).toEqual(["stored"]);
    await store.close();
  });

  test("a database of a newer version is refused, also by setup, and left as it is", async () => {
    const database = connect();
    const version = migrations.length + 1;
    await sqliteStore(database).setup();
    database.exec(`UPDATE heed_version SET version = ${version}`);
    const store = sqliteStore(database);
    await expect(store.setup()).rejects.toMatchObject(failed);
    await expect(store.readFeedback({}, page)).rejects.toMatchObject(failed);
    expect(database.prepare("SELECT version FROM heed_version").get()).toEqual({ version });
  });

  test("a file that is no database is refused with the engine's error as the cause", async () => {
    await writeFile(path, "not a database, but long enough to be taken for one ".repeat(50));
    const store = sqliteStore(path);
    const cause = expect.objectContaining({ message: "file is not a database" });
    await expect(store.setup()).rejects.toMatchObject({ ...failed, cause });
    await expect(store.appendFeedback([event(1)])).rejects.toMatchObject({ ...failed, cause });
    await store.close();
  });

  test("a folder that does not exist is refused with the engine's error as the cause", async () => {
    const store = sqliteStore(join(folder, "missing", "heed.db"));
    await expect(store.setup()).rejects.toMatchObject({ ...failed, cause: expect.any(Error) });
  });

  test("closing closes the file it opened, and leaves no log beside it", async () => {
    const store = await setUp(path);
    await store.appendFeedback([event(1)]);
    expect(await readdir(folder)).toContain("heed.db-wal");
    await store.close();
    expect(await readdir(folder)).toEqual(["heed.db"]);
    await expect(store.setup()).rejects.toMatchObject({ code: "STORE_CLOSED" });
  });

  test("closing leaves the caller's database open", async () => {
    const database = connect();
    const store = await setUp(database);
    await store.appendFeedback([event(1)]);
    await store.close();
    expect(database.prepare("SELECT count(*) AS n FROM feedback_events").get()).toEqual({ n: 1 });
  });

  test("an append that is pending is committed by close, also the very first one", async () => {
    await (await setUp(path)).close();
    const store = sqliteStore(path);
    const appended = [store.appendFeedback([event(1)]), store.appendEvaluations([record(1)])];
    await store.close();
    expect(await Promise.all(appended)).toEqual([["stored"], ["stored"]]);
    expect(await idsOf(sqliteStore(connect(path)))).toEqual([idOf(1)]);
  });

  test("a database that its owner closed is a failure, not a closed store", async () => {
    const database = new DatabaseSync(":memory:");
    const store = await setUp(database);
    database.close();
    await expect(store.readFeedback({}, page)).rejects.toMatchObject(failed);
    await store.close();
  });
});

describe("behind the store's back", () => {
  test("an answer means a row on disk, which another connection sees", async () => {
    const store = await setUp(path);
    const metadata = { userCohort: "new" };
    await store.appendFeedback([event(1, { userId: "user-1", metadata })]);
    await store.appendEvaluations([record(2, { evalScores: { overall: 0.5 }, model: "small" })]);
    const database = connect(path);
    expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(database.prepare("SELECT * FROM feedback_events").all()).toEqual([
      {
        seq: 1,
        tenant: "default",
        id: idOf(1),
        request_id: "req-1",
        type: "explicit_rating",
        value: 4.5,
        reasons: null,
        share: null,
        user_id: "user-1",
        timestamp_ms: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
        metadata: '{"userCohort":"new"}',
      },
    ]);
    expect(
      database.prepare("SELECT id, eval_scores ->> 'overall' AS overall, model, prompt FROM eval_logs").all(),
    ).toEqual([{ id: idOf(2), overall: 0.5, model: "small", prompt: null }]);
    await store.close();
  });

  test("two tenants of one database never see, change or remove each other's", async () => {
    const database = connect();
    const [one, two] = [await setUp(database, "one"), await setUp(database, "two' OR 1=1")];
    await one.appendFeedback([event(1, { userId: "user-1" })]);
    expect(await two.appendFeedback([event(1, { userId: "user-2" }), event(2)])).toEqual([
      "stored",
      "stored",
    ]);
    for (const filter of [{}, { requestId: "req-1" }, { userId: "user-1" }])
      expect(await idsOf(one, filter)).toEqual([idOf(1)]);
    expect(await two.removeFeedback({})).toBe(2);
    expect(await idsOf(one)).toEqual([idOf(1)]);
  });

  test("removed text is gone from the tables", async () => {
    const database = connect();
    const store = await setUp(database);
    await store.appendFeedback(events(0, 1_500));
    await store.readFeedback({ requestId: "req-1" }, { limit: 1 });
    expect(await store.removeFeedback({ requestId: "req-1" })).toBe(1_500);
    for (const table of ["feedback_events", "request_index"])
      expect(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 });
  });
});

describe("failing", () => {
  test("a transaction that fails rejects for all it held, and stores nothing of it", async () => {
    const database = connect();
    const store = await setUp(database);
    database.exec(`CREATE TRIGGER no_bad BEFORE INSERT ON feedback_events WHEN NEW.user_id = 'bad'
      BEGIN SELECT RAISE(ABORT, 'no'); END`);
    const cause = expect.objectContaining({ message: "no" });
    const together = [
      store.appendFeedback([event(1)]),
      store.appendFeedback([event(2), event(3, { userId: "bad" })]),
    ];
    for (const one of together) await expect(one).rejects.toMatchObject({ ...failed, cause });
    expect(await idsOf(store)).toEqual([]);
    expect(await store.appendFeedback([event(1)])).toEqual(["stored"]);
  });

  test("a removal that fails removes nothing", async () => {
    const database = connect();
    const store = await setUp(database);
    await store.appendFeedback(events(0, 3));
    database.exec(`CREATE TRIGGER keep BEFORE DELETE ON feedback_events WHEN OLD.id = '${idOf(2)}'
      BEGIN SELECT RAISE(ABORT, 'kept'); END`);
    await expect(store.removeFeedback({})).rejects.toMatchObject(failed);
    expect(await idsOf(store)).toHaveLength(3);
  });

  test("a read-only database answers every read, stale request index or not, and refuses to be written", async () => {
    const writer = await setUp(path);
    await writer.appendFeedback(events(0, 1_200));
    const reader = sqliteStore(connect(path, { readOnly: true }));
    expect(await idsOf(reader, { requestId: "req-1" })).toHaveLength(1_200);
    await expect(reader.appendFeedback([event(9_999)])).rejects.toMatchObject(failed);
    await expect(reader.removeFeedback({})).rejects.toMatchObject(failed);
    expect(await idsOf(writer)).toHaveLength(1_200);
    await writer.close();
  });
});

describe("reading by request", () => {
  /** A database that remembers every statement that was prepared on it. */
  const listening = () => {
    const database = connect();
    const statements: string[] = [];
    const prepare = database.prepare.bind(database);
    database.prepare = (sql) => {
      statements.push(sql);
      return prepare(sql);
    };
    const plans = () =>
      statements.splice(0).flatMap((sql) =>
        prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .all()
          .map(({ detail }) => String(detail)),
      );
    return { database, plans };
  };

  test("searches by key and never scans a table", async () => {
    const { database, plans } = listening();
    const store = await setUp(database);
    await store.appendFeedback(events(0, 1_500));
    await store.appendEvaluations([record(1)]);
    plans();
    await store.readFeedback({ requestId: "req-1", userId: "user-1" }, page);
    await store.readEvaluations({ requestId: "req-1" }, page);
    await store.readFeedback({}, page);
    const steps = plans();
    expect(steps).toContain("SEARCH feedback_events USING INTEGER PRIMARY KEY (rowid=?)");
    expect(steps).toContain("SEARCH feedback_events USING INTEGER PRIMARY KEY (rowid>?)");
    expect(steps).toContain("SEARCH eval_logs USING INTEGER PRIMARY KEY (rowid=?)");
    expect(steps).toContain("SEARCH feedback_events USING INDEX feedback_events_id (tenant=? AND id>?)");
    expect(steps.filter((step) => /SCAN (feedback_events|eval_logs|request_index)/.test(step))).toEqual([]);
  });

  test("brings the request index up to date only when more than 1,000 rows lie beyond it", async () => {
    const database = connect();
    const store = await setUp(database);
    const reach = () =>
      database.prepare("SELECT seq FROM request_index_reach WHERE collection = 'feedback_events'").get()!.seq;
    const readAs = async (n: number) => {
      expect(await idsOf(store, { requestId: "req-1" })).toHaveLength(n);
      return reach();
    };
    await store.appendFeedback(events(0, 1_000));
    expect(await readAs(1_000)).toBe(0);
    await store.appendFeedback(events(1_000, 1_001));
    expect(await readAs(1_001)).toBe(1_001);
    await store.appendFeedback(events(1_001, 1_003));
    expect(await readAs(1_003)).toBe(1_001);
  });

  test("finds rows that were appended after the newest ones were removed", async () => {
    const store = await setUp();
    await store.appendFeedback(events(0, 1_200));
    expect(await idsOf(store, { requestId: "req-1" })).toHaveLength(1_200);
    await store.removeFeedback({});
    await store.appendFeedback([event(1)]);
    expect(await idsOf(store, { requestId: "req-1" })).toEqual([idOf(1)]);
  });
});

describe("two at one file", () => {
  test("two stores that append overlapping batches store each key once", async () => {
    const stores = [await setUp(path), await setUp(path)];
    const appends = stores.flatMap((store) =>
      Array.from({ length: 20 }, (_, at) => store.appendFeedback(events(at * 5, at * 5 + 10))),
    );
    const outcomes = (await Promise.all(appends)).flat();
    expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(105);
    expect(outcomes).not.toContain("conflict");
    expect(await idsOf(stores[0]!)).toHaveLength(105);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("three processes that set up and append at once store each key once", async () => {
    const script = `
      import { sqliteStore } from "@heed/store-sqlite";
      const events = JSON.parse(process.argv[1]).map((one) => ({ ...one, timestamp: new Date(one.timestamp) }));
      const store = sqliteStore(process.argv[2]);
      await store.setup();
      const outcomes = [];
      for (let at = 0; at < events.length; at += 6)
        outcomes.push(...(await store.appendFeedback(events.slice(at, at + 6))));
      await store.close();
      console.log(JSON.stringify(outcomes));`;
    const run = async (from: number): Promise<string[]> => {
      const given = JSON.stringify(events(from, from + 60));
      const flags = ["--conditions=@heed/source", "--input-type=module", "--eval", script, given, path];
      const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: import.meta.dirname });
      return JSON.parse(stdout);
    };
    const outcomes = (await Promise.all([run(0), run(20), run(40)])).flat();
    expect(outcomes).toHaveLength(180);
    expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(100);
    expect(outcomes).not.toContain("conflict");
    expect(await idsOf(sqliteStore(connect(path)))).toEqual(events(0, 100).map(({ id }) => id));
  }, 30_000);
});
