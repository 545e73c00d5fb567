import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { recordEvaluation } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-demo-test-"));
  path = join(folder, "heed.db");
});
afterEach(() => rm(folder, { recursive: true }));

const demoOnce = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["demo", "--once", "--port", "0", "--store", path, ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

/** One number out of the file, behind the store's back. */
const count = (query: string): unknown => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Object.values(database.prepare(query).get()!)[0];
  } finally {
    database.close();
  }
};

test("--once runs the whole loop and exits 0: the history, the analyses beside the truth, the repair, one real vote", async () => {
  const { exitCode, out, err } = await demoOnce();
  expect(exitCode).toBe(0);
  expect(out).toMatch(/address {2}http:\/\/127\.0\.0\.1:\d+\/\n/);
  expect(out).toMatch(/6,000 requests, 4\d\d of them with feedback/);
  expect(out.match(/^SIMULATED {2}/gm)).toHaveLength(8);
  expect(out.match(/^Truth: /gm)).toHaveLength(6);
  for (const line of out.slice(0, out.indexOf("One real vote")).split("\n"))
    expect(line.length, line).toBeLessThanOrEqual(100);
  expect(out).toMatch(/The score improved/);
  expect(out).toMatch(/thumbs {7}0 up, 1 down\n {2}reasons {6}incomplete 1\n/);
  expect(err).toMatch(/^ {2}1,\d\d\d of 6,\d\d\d sent\n/);

  expect(count("SELECT count(*) FROM eval_logs WHERE json_extract(metadata, '$.simulated')")).toBe(9_000);
  expect(count("SELECT count(*) FROM eval_logs WHERE json_extract(metadata, '$.scripted')")).toBe(1);
  const real = "FROM feedback_events WHERE metadata IS NULL";
  expect(count(`SELECT count(*) ${real}`)).toBe(2);
  expect(
    count("SELECT count(*) FROM feedback_events WHERE json_extract(metadata, '$.simulated') IS NULL"),
  ).toBe(2);
});

test("a second run on the same file stores the history no second time, and says the same of it", async () => {
  const figures = (out: string) =>
    out
      .slice(out.indexOf("SIMULATED  Score"), out.indexOf("One real vote"))
      .replace(/(?<=two more weeks\n).*?(?=It saw)/s, "");
  const first = await demoOnce();
  const events = count("SELECT count(*) FROM feedback_events");
  const second = await demoOnce();
  expect(second.exitCode).toBe(0);
  expect(second.out).toContain("they were there already");
  expect(figures(second.out)).toBe(figures(first.out));
  expect(second.out).toContain("An earlier run promoted it");
  expect(count("SELECT count(*) FROM eval_logs")).toBe(9_002);
  expect(count("SELECT count(*) FROM changes")).toBe(2);
  expect(count("SELECT count(*) FROM feedback_events")).toBe(Number(events) + 2);
});

test("a store with records of somebody's own is left alone", async () => {
  const store = sqliteStore(path);
  await store.setup();
  await recordEvaluation(store, { requestId: "mine" });
  await store.close();
  const { exitCode, err } = await demoOnce();
  expect(exitCode).toBe(1);
  expect(err).toMatch(/^heed: STORE_FAILED /);
  expect(count("SELECT count(*) FROM eval_logs")).toBe(1);
});

test("a port that is taken makes way for a free one", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  const { exitCode, out } = await demoOnce("--port", String(port));
  expect(exitCode).toBe(0);
  const address = /127\.0\.0\.1:(\d+)\//.exec(out)?.[1];
  expect(Number(address)).toBeGreaterThan(0);
  expect(address).not.toBe(String(port));
  await new Promise((resolve) => other.close(resolve));
});

test("without --once it serves until it is stopped, and exits 0", async () => {
  const stop = new AbortController();
  const io = recordingIo({ signal: stop.signal });
  const exit = run(["demo", "--port", "0", "--store", path], io);
  while (!io.out().includes("Ctrl-C stops.")) await new Promise((resolve) => setTimeout(resolve, 20));
  const url = /Now vote: (\S+)/.exec(io.out())![1]!;
  expect((await fetch(url)).status).toBe(200);
  stop.abort();
  expect(await exit).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});
