import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { correlateFeedbackWithMetrics, withoutFastPaths } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sqliteStore } from "./sqlite-store.ts";

let folder: string;
let path: string;
let child: ChildProcess | undefined;
const databases: DatabaseSync[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-locks-"));
  path = join(folder, "heed.db");
});
afterEach(async () => {
  child?.kill();
  for (const database of databases.splice(0)) database.close();
  await rm(folder, { recursive: true, force: true });
});

const connect = (timeout = 0): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout });
  databases.push(database);
  return database;
};

const setUp = async (source: string | DatabaseSync = path) => {
  const store = sqliteStore(source);
  await store.setup();
  return store;
};

const idOf = (n: number) => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const timestamp = new Date("2026-01-02T03:04:05.678Z");
const events = (from: number, to: number): FeedbackEvent[] =>
  Array.from({ length: to - from }, (_, at) => ({
    id: idOf(from + at),
    requestId: `req-${at % 100}`,
    type: "explicit_rating",
    value: 1 + (at % 5),
    timestamp,
  }));
const records = (count: number): EvaluationRecord[] =>
  Array.from({ length: count }, (_, at) => ({
    id: idOf(at),
    requestId: `req-${at}`,
    timestamp,
    evalScores: { overall: (at % 7) / 7 },
  }));

/** Another process, which runs one statement for each that it is told, and says what came of it. */
const otherProcess = (): ((sql: string) => Promise<unknown>) => {
  const script = `
    const { DatabaseSync } = require("node:sqlite");
    const database = new DatabaseSync(process.argv[1]);
    require("node:readline").createInterface({ input: process.stdin })
      .on("line", (sql) => console.log(JSON.stringify(database.prepare(sql).get() ?? null)));`;
  const started = spawn(process.execPath, ["-e", script, path], { stdio: ["pipe", "pipe", "ignore"] });
  child = started;
  const lines = createInterface({ input: started.stdout });
  return async (sql) => {
    started.stdin.write(`${sql}\n`);
    const [line] = await once(lines, "line");
    return JSON.parse(line);
  };
};

describe("a long read of another process", () => {
  test("holds up no writer, and sees one moment however much is written", async () => {
    const store = await setUp();
    await store.appendFeedback(events(0, 100));
    const ask = otherProcess();
    const count = "SELECT count(*) AS n FROM feedback_events";
    await ask("BEGIN");
    expect(await ask(count)).toEqual({ n: 100 });
    for (let at = 100; at < 20_000; at += 100)
      expect(new Set(await store.appendFeedback(events(at, at + 100)))).toEqual(new Set(["stored"]));
    expect(await store.removeFeedback({ requestId: "req-7" })).toBe(200);
    expect(await ask(count)).toEqual({ n: 100 });
    await ask("COMMIT");
    expect(await ask(count)).toEqual({ n: 19_800 });
    await store.close();
  });
});

describe("a long write of another connection", () => {
  // Whoever waited for it here would wait longer than the test may take.
  const forever = 120_000;

  test("holds up no read, however far behind the request index is", async () => {
    const store = await setUp(connect(forever));
    await store.appendFeedback(events(0, 3_000));
    const writer = connect();
    writer.exec("BEGIN IMMEDIATE; DELETE FROM feedback_events");
    expect((await store.readFeedback({ requestId: "req-7" }, { limit: 100 })).items).toHaveLength(30);
    expect((await store.readFeedback({}, { limit: 5_000 })).items).toHaveLength(3_000);
    writer.exec("ROLLBACK");
  });

  test("leaves analyses their answers, which are folded in memory then", async () => {
    const store = await setUp(connect(50));
    await store.appendEvaluations(records(200));
    await store.appendFeedback(events(0, 200));
    const writer = connect();
    writer.exec("BEGIN IMMEDIATE; DELETE FROM feedback_events");
    const held = await correlateFeedbackWithMetrics(store);
    writer.exec("ROLLBACK");
    expect(held.verdict).toBe("estimated");
    expect(held).toEqual(await correlateFeedbackWithMetrics(withoutFastPaths(store)));
  });

  test("lets appends, removals and erasures wait, and everything else go on", async () => {
    const store = await setUp();
    await store.appendFeedback(events(0, 10));
    const writer = connect();
    writer.exec("BEGIN IMMEDIATE");
    const waiting = [
      store.appendFeedback(events(10, 11)),
      store.removeFeedback({ requestId: "req-3" }),
      store.eraseUser("user-1"),
      store.addErasedUsers(["0".repeat(64)]),
    ];
    // None of these would come if the event loop were held up: the writer would never end.
    await setTimeout(100);
    expect((await store.readFeedback({}, { limit: 100 })).items).toHaveLength(10);
    writer.exec("COMMIT");
    expect(await Promise.all(waiting)).toEqual([["stored"], 1, 0, undefined]);
    await store.close();
  });

  test("is waited for as long as the connection says, and then told of", async () => {
    const store = await setUp(connect(100));
    const writer = connect();
    writer.exec("BEGIN IMMEDIATE");
    const locked = {
      code: "STORE_FAILED",
      message: expect.stringContaining("another connection has the database locked"),
      cause: expect.objectContaining({ message: "database is locked" }),
    };
    await expect(store.appendFeedback(events(0, 1))).rejects.toMatchObject(locked);
    await expect(store.eraseUser("user-1")).rejects.toMatchObject(locked);
    writer.exec("COMMIT");
    expect(await store.appendFeedback(events(0, 1))).toEqual(["stored"]);
    expect(databases[0]!.prepare("PRAGMA busy_timeout").get()).toEqual({ timeout: 100 });
  });
});
