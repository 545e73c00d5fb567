import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Store } from "@heed/core";
import { type FeedbackEvent, newId } from "@heed/schema";
import { type PostgresPool, type PostgresStoreOptions, postgresStore } from "@heed/store-postgres";
import pg from "pg";
import { afterAll, describe, expect, inject, test } from "vitest";
import { migrations } from "../../packages/store-postgres/src/migrations.ts";
import { schemaSql } from "../../packages/store-postgres/src/schema-sql.ts";
import { setUp } from "../../packages/store-postgres/src/set-up.ts";
import { startPostgres } from "../engines/start-postgres.ts";
import { shuffle } from "../support/shuffle.ts";

const url = inject("engines").postgresUrl;
const pools: pg.Pool[] = [];
const newPool = (to = url, options: pg.PoolConfig = {}): pg.Pool => {
  const pool = new pg.Pool({ connectionString: to, ...options });
  pool.on("error", () => {});
  pools.push(pool);
  return pool;
};
const pool = newPool();
afterAll(() => Promise.all(pools.map((one) => one.end())));

let schemas = 0;
const newSchema = (): string => `heed_special_${process.pid}_${++schemas}`;

const openStore = async (options: PostgresStoreOptions = {}, on: PostgresPool = pool): Promise<Store> => {
  const store = postgresStore(on, { schema: newSchema(), ...options });
  await store.setup();
  return store;
};

const idOf = (n: number): string => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const event = (n: number, fields: object = {}): FeedbackEvent =>
  ({
    id: idOf(n),
    requestId: "req-1",
    type: "explicit_rating",
    value: 4.5,
    timestamp: new Date("2026-01-02T03:04:05.678Z"),
    ...fields,
  }) as FeedbackEvent;
const events = (from: number, to: number, fields: object = {}): FeedbackEvent[] =>
  Array.from({ length: to - from }, (_, at) => event(from + at, fields));

const page = { limit: 10_000 };
const idsOf = async (store: Store): Promise<string[]> =>
  (await store.readFeedback({}, page)).items.map(({ id }) => id);
const failed = { code: "STORE_FAILED", message: expect.stringMatching(/^postgres store /) };

describe("setting up", () => {
  test("processes that set up the same schema at once all find it done", async () => {
    const schema = newSchema();
    const code = `
      import pg from "pg";
      import { postgresStore } from "@heed/store-postgres";
      const pool = new pg.Pool({ connectionString: process.argv[1] });
      const store = postgresStore(pool, { schema: process.argv[2] });
      await store.setup();
      console.log((await store.readFeedback({}, { limit: 1 })).items.length);
      await pool.end();`;
    const run = () =>
      promisify(execFile)(process.execPath, [
        "--conditions=@heed/source",
        "--input-type=module",
        ...["--eval", code, url, schema],
      ]);
    const outputs = await Promise.all(Array.from({ length: 4 }, run));
    expect(outputs.map(({ stdout }) => stdout.trim())).toEqual(["0", "0", "0", "0"]);
    expect((await pool.query(`SELECT version FROM ${schema}.heed_version`)).rows).toEqual([
      { version: migrations.length },
    ]);
  });

  test("so do connections of one process", async () => {
    const schema = newSchema();
    const stores = Array.from({ length: 8 }, () => postgresStore(pool, { schema }));
    await Promise.all(stores.map((store) => store.setup()));
    await Promise.all(stores.map((store, n) => store.appendFeedback([event(n)])));
    expect(await idsOf(stores[0]!)).toHaveLength(8);
  });

  test("an older schema is brought up to date with what it holds, and one that cannot be stays as it was", async () => {
    const schema = newSchema();
    await setUp(pool, schema);
    const store = postgresStore(pool, { schema });
    await store.appendFeedback([event(1)]);
    const next = () => `ALTER TABLE ${schema}.changes ADD COLUMN author text;\n`;
    const wrong = () => `ALTER TABLE ${schema}.changes ADD COLUMN team text;\nSELECT 1 / 0;\n`;

    await expect(setUp(pool, schema, { steps: [...migrations, next, wrong] })).rejects.toThrow(
      "division by zero",
    );
    expect(await columnsOf(schema, "changes")).not.toContain("author");
    expect(await idsOf(store)).toEqual([idOf(1)]);

    await setUp(pool, schema, { steps: [...migrations, next] });
    expect(await columnsOf(schema, "changes")).toContain("author");
    expect((await pool.query(`SELECT id FROM ${schema}.feedback_events`)).rows).toEqual([{ id: idOf(1) }]);
  });

  test("a schema of a newer version is refused, also by setup, and left as it is", async () => {
    const schema = newSchema();
    await setUp(pool, schema, { steps: [...migrations, () => "SELECT 1;\n"] });
    const store = postgresStore(pool, { schema });
    const newer = { ...failed, message: expect.stringContaining("newer version") };
    await expect(store.setup()).rejects.toMatchObject(newer);
    await expect(store.appendFeedback([event(1)])).rejects.toMatchObject(newer);
    await expect(store.readFeedback({}, page)).rejects.toMatchObject(newer);
    expect((await pool.query(`SELECT version FROM ${schema}.heed_version`)).rows).toEqual([
      { version: migrations.length + 1 },
    ]);
  });

  test("a store that was not set up refuses, and works once it is", async () => {
    const store = postgresStore(pool, { schema: newSchema() });
    const missing = { ...failed, message: expect.stringContaining("call setup() first") };
    await expect(store.appendFeedback([event(1)])).rejects.toMatchObject(missing);
    await expect(store.readEvaluations({}, page)).rejects.toMatchObject(missing);
    await store.setup();
    expect(await store.appendFeedback([event(1)])).toEqual(["stored"]);
  });

  test("schema.sql is what setup does: it reads the same, and a store works on it", async () => {
    await expect(schemaSql()).toMatchFileSnapshot("../../packages/store-postgres/schema.sql");
    const database = newSchema();
    await pool.query(`CREATE DATABASE ${database}`);
    const own = newPool(url.replace(/\/postgres$/, `/${database}`));
    await own.query(schemaSql());
    const store = postgresStore(own);
    expect(await store.appendFeedback([event(1)])).toEqual(["stored"]);
    await store.setup();
    expect(await idsOf(store)).toEqual([idOf(1)]);
  });

  test("a role that may not create schemas sets up one that was made for it", async () => {
    const schema = newSchema();
    await pool.query(`CREATE ROLE ${schema} LOGIN`);
    await pool.query(`CREATE SCHEMA ${schema} AUTHORIZATION ${schema}`);
    const own = newPool(url.replace("postgres@", `${schema}@`));
    const store = await openStore({ schema }, own);
    expect(await store.appendFeedback([event(1, { userId: "user-1" })])).toEqual(["stored"]);
    expect(await store.eraseUser("user-1")).toBe(1);
  });

  test.each(['heed"; DROP TABLE x; --', "", "1st", "a.b", "ä", "a".repeat(64)])(
    "no schema is called %j",
    (schema) => {
      expect(() => postgresStore(pool, { schema })).toThrow(
        expect.objectContaining({ code: "INVALID_QUERY" }),
      );
    },
  );
});

const columnsOf = async (schema: string, table: string): Promise<string[]> => {
  const { rows } = await pool.query<{ column_name: string }>(
    "SELECT column_name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2",
    [schema, table],
  );
  return rows.map(({ column_name }) => column_name);
};

describe("the pool", () => {
  test("is asked nothing before the first call, nor by closing, and stays open", async () => {
    const untouchable: PostgresPool = {
      query: () => Promise.reject(new Error("was asked")),
      connect: () => Promise.reject(new Error("was asked")),
    };
    await postgresStore(untouchable).close();
    const store = await openStore();
    await store.close();
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  test("of one connection is enough, also for scans whose reader asks for more", async () => {
    const store = await openStore({}, newPool(url, { max: 1 }));
    await store.appendFeedback(events(0, 10_000).map((one, n) => ({ ...one, requestId: `req-${n}` })));
    let requests = 0;
    for await (const { requestIds } of store.scanRequests!({ votedOnly: true })) {
      expect((await store.readFeedback({ requestId: requestIds[0]! }, page)).items).toHaveLength(1);
      requests += requestIds.length;
    }
    expect(requests).toBe(10_000);
    expect(await store.eraseUser("nobody")).toBe(0);
  });

  test.each([
    ["nothing", () => (text: string) => text],
    ["int8 as BigInt", (oid: number) => (oid === 20 ? BigInt : pg.types.getTypeParser(oid))],
  ])("may parse what it likes: %s", async (_, getTypeParser) => {
    const types = { getTypeParser } as unknown as pg.CustomTypesConfig;
    const store = await openStore({}, newPool(url, { types }));
    const all = [
      event(1, { metadata: { a: 1.5, b: true }, userId: "user-1" }),
      event(2, { type: "implicit_usage", value: "copied", share: 0.1 }),
    ];
    const record = { id: idOf(1), requestId: "req-1", timestamp: new Date(1), evalScores: { overall: 0.1 } };
    expect(await store.appendFeedback(all)).toEqual(["stored", "stored"]);
    expect(await store.appendEvaluations([record])).toEqual(["stored"]);
    expect((await store.readFeedback({}, page)).items).toStrictEqual(all);
    const scans = await Array.fromAsync(store.scanRequests!({ scores: ["overall"] }));
    expect(scans).toMatchObject([
      { requestIds: ["req-1"], scores: [new Float64Array([0.1])], votes: new Float64Array([1]) },
    ]);
    expect(await store.countRequests!({})).toBe(1);
    expect(await store.eraseUser("user-1")).toBe(1);
  });
});

describe("appending", () => {
  test("overlapping batches in any order, from many connections at once, never wait for each other in a circle", async () => {
    const schema = newSchema();
    await setUp(pool, schema);
    const stores = Array.from({ length: 8 }, () => postgresStore(pool, { schema }));
    const stored: string[] = [];
    for (let round = 0; round < 10; round++) {
      const batch = events(round * 400, (round + 1) * 400);
      const answers = await Promise.all(
        stores.map(async (store, n) => {
          const own = shuffle(batch, round * 8 + n).slice(0, 300);
          const outcomes = await store.appendFeedback(own);
          for (const outcome of outcomes) expect(["stored", "duplicate"]).toContain(outcome);
          return own.filter((_, at) => outcomes[at] === "stored").map(({ id }) => id);
        }),
      );
      stored.push(...answers.flat());
    }
    expect(new Set(stored).size).toBe(stored.length);
    expect(await idsOf(stores[0]!)).toEqual(stored.sort());
  });

  test("what a user sends while being erased is stored and removed, or refused, and never stays", async () => {
    const schema = newSchema();
    await setUp(pool, schema);
    const stores = Array.from({ length: 6 }, () => postgresStore(pool, { schema }));
    for (let round = 0; round < 8; round++) {
      const userId = `user-${round}`;
      let erasing = true;
      const appending = stores.map(async (store, n) => {
        for (let at = 0; erasing; at++) {
          const id = round * 1_000_000 + n * 100_000 + at * 10;
          await store.appendFeedback(events(id, id + 10, { userId }));
        }
      });
      const [eraser] = stores;
      await eraser!.eraseUser(userId);
      erasing = false;
      await Promise.all(appending);
      expect((await eraser!.readFeedback({ userId }, page)).items).toEqual([]);
    }
  });

  test("an item that the caller changes at once is stored as it was", async () => {
    const schema = newSchema();
    await setUp(pool, schema);
    const store = postgresStore(pool, { schema });
    const item = event(1, { metadata: { a: 1 } });
    const answer = store.appendFeedback([item]);
    Object.assign(item.metadata!, { a: 2 });
    expect(await answer).toEqual(["stored"]);
    expect((await store.readFeedback({}, page)).items).toEqual([event(1, { metadata: { a: 1 } })]);
  });

  test("a batch larger than one statement takes is answered for as a whole", async () => {
    const store = await openStore();
    const batch = events(0, 12_000);
    expect(new Set(await store.appendFeedback(batch))).toEqual(new Set(["stored"]));
    expect(new Set(await store.appendFeedback(batch))).toEqual(new Set(["duplicate"]));
    const long = Array.from({ length: 100 }, (_, n) => ({
      id: idOf(n),
      requestId: "req-1",
      timestamp: new Date(0),
      output: `${n} `.repeat(50_000),
    }));
    expect(new Set(await store.appendEvaluations(long))).toEqual(new Set(["stored"]));
    expect((await store.readEvaluations({}, { limit: 100 })).items).toEqual(long);
  });
});

describe("partitions by month", () => {
  const partitionSince = new Date("2026-02-10");
  const tablesOf = async (schema: string) => {
    const { rows } = await pool.query<{ name: string; ids: string }>(
      `SELECT substring(tableoid::regclass::text from 'events.*') AS name, count(*) AS ids
       FROM ${schema}.feedback_events GROUP BY tableoid ORDER BY name`,
    );
    return Object.fromEntries(rows.map(({ name, ids }) => [name, Number(ids)]));
  };
  /** Two events a month, from December until July. */
  const history = [...Array(8).keys()].flatMap((month) =>
    ["01T00:00:00.000Z", "28T23:59:59.999Z"].map((moment, at) => {
      const day = new Date(Date.UTC(2025, 11 + month)).toISOString().slice(0, 8);
      return event(0, {
        id: newId(Date.parse(day + moment)),
        requestId: `req-${month}-${at}`,
        userId: `user-${month}`,
      });
    }),
  );

  test("hold what was minted in their month, and what comes late moves to its own", async () => {
    const schema = newSchema();
    const place = `"${schema}"`;
    await setUp(pool, place, { partitionSince, nowMs: Date.parse("2026-03-31T12:00:00Z") });
    const store = postgresStore(pool, { schema });
    expect(new Set(await store.appendFeedback(history))).toEqual(new Set(["stored"]));
    const until = (month: number) =>
      Object.fromEntries([2, 3, 4, 5, 6, 7].filter((n) => n <= month).map((n) => [`events_2026_0${n}`, 2]));
    // June is the third month from March; December, January and July have none.
    expect(await tablesOf(schema)).toEqual({ ...until(6), events_other: 6 });

    await setUp(pool, place, { nowMs: Date.parse("2026-04-01T00:00:00Z") });
    await setUp(pool, place, { partitionSince, nowMs: Date.parse("2026-04-01T00:00:00Z") });
    expect(await tablesOf(schema)).toEqual({ ...until(7), events_other: 4 });

    expect(new Set(await store.appendFeedback(history))).toEqual(new Set(["duplicate"]));
    expect((await store.readFeedback({}, page)).items).toEqual(history);
    const scans = await Array.fromAsync(store.scanRequests!({ votedOnly: true }));
    expect(scans.flatMap(({ requestIds }) => requestIds)).toEqual(history.map(({ requestId }) => requestId));
    expect(await store.eraseUser("user-0")).toBe(2);
    expect(await store.eraseUser("user-4")).toBe(2);
    expect(await store.eraseUser("user-4")).toBe(0);
    expect(await store.removeFeedback({ userId: "user-5" })).toBe(2);
    expect(await tablesOf(schema)).toEqual({
      ...until(7),
      events_2026_04: undefined,
      events_2026_05: undefined,
      events_other: 2,
    });
  });

  test("keep no samples of what users wrote either", async () => {
    const schema = newSchema();
    await openStore({ schema, partitionSince: new Date() });
    const { rows } = await pool.query(
      `SELECT count(*) FILTER (WHERE attstattarget = 0) AS kept_out, count(*) AS columns
       FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
       WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p') AND relname LIKE 'feedback_events%'
         AND attname IN ('value', 'user_id', 'metadata')`,
      [schema],
    );
    expect(rows[0].kept_out).toBe(rows[0].columns);
  });

  test("are not made of tables that are there", async () => {
    const schema = newSchema();
    const store = await openStore({ schema });
    await store.appendFeedback([event(1)]);
    await expect(postgresStore(pool, { schema, partitionSince }).setup()).rejects.toMatchObject(failed);
    expect(await idsOf(store)).toEqual([idOf(1)]);
  });
});

describe("errors", () => {
  test("a server that is not there is STORE_FAILED with its cause", async () => {
    const store = postgresStore(newPool("postgres://postgres@127.0.0.1:1/postgres"));
    const refused = { ...failed, cause: expect.objectContaining({ code: "ECONNREFUSED" }) };
    await expect(store.setup()).rejects.toMatchObject(refused);
    await expect(store.appendFeedback([event(1)])).rejects.toMatchObject(refused);
    await expect(store.eraseUser("user-1")).rejects.toMatchObject(refused);
    await expect(async () => {
      for await (const _ of store.scanRequests!({})) expect.unreachable();
    }).rejects.toMatchObject(refused);
  });

  test("what the server refuses says nothing of what a user wrote, and leaves the store usable", async () => {
    const schema = newSchema();
    const store = await openStore({ schema });
    await pool.query(`ALTER TABLE ${schema}.feedback_events ADD CHECK (request_id <> 'secret')`);
    const refused = await store.appendFeedback([event(1), event(2, { requestId: "secret" })]).catch((e) => e);
    expect(refused).toMatchObject({ ...failed, cause: expect.objectContaining({ code: "23514" }) });
    expect(refused.message).not.toContain("secret");
    expect(await idsOf(store)).toEqual([]);
    expect(await store.appendFeedback([event(1)])).toEqual(["stored"]);
  });

  test("a connection that is cut fails what was under way, and the next call has another", async () => {
    const own = newPool(url, { application_name: newSchema(), max: 1 });
    const store = await openStore({}, own);
    const cut = () =>
      pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", [
        own.options.application_name,
      ]);
    await store.appendFeedback([]);
    const batches = Array.from({ length: 50 }, (_, n) => events(n * 100, n * 100 + 100));
    const answers = Promise.allSettled(batches.map((batch) => store.appendFeedback(batch)));
    await cut();
    const settled = await answers;
    await cut();
    const again = await store
      .appendFeedback(events(0, 5_000))
      .catch(() => store.appendFeedback(events(0, 5_000)));
    for (const outcome of again) expect(["stored", "duplicate"]).toContain(outcome);
    settled.forEach((answer, n) => {
      if (answer.status === "rejected") expect(answer.reason).toMatchObject(failed);
      else expect(new Set(again.slice(n * 100, n * 100 + 100))).toEqual(new Set(["duplicate"]));
    });
    expect(await idsOf(store)).toHaveLength(5_000);
  });
});

describe("erasing a user", () => {
  test("takes the user's words out of every file of the database, its indexes and statistics too", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "heed-postgres-"));
    const server = await startPostgres({ dataDir });
    const own = newPool(server.url);
    const store = await openStore({}, own);
    const marker = "zyzzyva";
    const mine = Array.from({ length: 300 }, (_, n) =>
      event(3 * n, {
        userId: `${marker}-user`,
        type: "explicit_text_comment",
        // Some are short enough for the row, some so long that they are kept apart from it.
        value: n % 3 ? `I am ${marker} ${n}` : `${marker} ${randomText(6_000, n)}`,
        metadata: { note: `${marker} was here` },
      }),
    );
    const others = Array.from({ length: 600 }, (_, n) =>
      event(3 * n + 1 + (n % 2), { userId: `user-${n}`, requestId: `req-${n}` }),
    );
    await store.appendFeedback([...mine, ...others]);
    await own.query("ANALYZE");
    await own.query("CHECKPOINT");
    expect(filesWith(dataDir, marker)).not.toEqual([]);

    expect(await store.eraseUser(`${marker}-user`)).toBe(300);
    await own.query("CHECKPOINT");
    expect(filesWith(dataDir, marker)).toEqual([]);
    expect(new Set(await store.appendFeedback(mine))).toEqual(new Set(["erased"]));
    await own.query("CHECKPOINT");
    expect(filesWith(dataDir, marker)).toEqual([]);
    expect(new Set(await store.appendFeedback(others))).toEqual(new Set(["duplicate"]));
    await own.end();
    pools.splice(pools.indexOf(own), 1);
    await server.stop();
    rmSync(dataDir, { recursive: true });
  });

  test("by a role that may not rewrite the files is an error, after the events are gone", async () => {
    const schema = newSchema();
    await setUp(pool, schema);
    await pool.query(`CREATE ROLE ${schema} LOGIN`);
    await pool.query(`GRANT USAGE ON SCHEMA ${schema} TO ${schema}`);
    await pool.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${schema}`);
    const own = newPool(url.replace("postgres@", `${schema}@`));
    const store = postgresStore(own, { schema });
    await store.appendFeedback(events(0, 3, { userId: "user-1" }));
    await expect(store.eraseUser("user-1")).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining("owner"),
    });
    expect(await idsOf(store)).toEqual([]);
    // Whoever may can finish it.
    expect(await postgresStore(pool, { schema }).eraseUser("user-1")).toBe(0);

    const content = postgresStore(own, { schema, rewriteOnErase: false });
    await content.appendFeedback(events(3, 6, { userId: "user-2" }));
    expect(await content.eraseUser("user-2")).toBe(3);
  });
});

/** Text that does not compress. */
const randomText = (length: number, seed: number): string => {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (state % 26));
  }).join("");
};

/** The files of all databases that contain a text; the write-ahead log is none of them. */
const filesWith = (dataDir: string, text: string): string[] =>
  readdirSync(join(dataDir, "base"), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => readFileSync(path).includes(text));

test("the program of the README runs", async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const readme = readFileSync(`${root}packages/store-postgres/README.md`, "utf8");
  const [, program] = /^```typescript\n(.*?)^```$/ms.exec(readme)!;
  const database = newSchema();
  await pool.query(`CREATE DATABASE ${database}`);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@heed/source", "--input-type=module-typescript", "--eval", program!],
    { cwd: root, env: { ...process.env, DATABASE_URL: url.replace(/\/postgres$/, `/${database}`) } },
  );
  expect(stdout).toContain("thumbsUp: 1");
});
