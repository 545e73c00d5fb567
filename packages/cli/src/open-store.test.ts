import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordFeedback } from "@heed/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "./open-store.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-open-store-"));
});
afterEach(() => rm(folder, { recursive: true }));

const vote = { type: "explicit_thumbs_up", value: true, requestId: "r" } as const;

/** Opens a store, stores a vote in it, and gives how many it has then. */
const voteIn = async (name: string): Promise<number> => {
  const { store, close } = await openStore(name);
  await store.setup?.();
  await recordFeedback(store, vote);
  const { items } = await store.readFeedback({}, { limit: 100 });
  await close();
  return items.length;
};

test("memory: is gone with whoever opened it", async () => {
  expect([await voteIn("memory:"), await voteIn("memory:")]).toEqual([1, 1]);
});

test("a path, and the same after sqlite:, are one file", async () => {
  const path = join(folder, "feedback.db");
  expect([await voteIn(path), await voteIn(`sqlite:${path}`)]).toEqual([1, 2]);
});

test("a tenant among the parameters has a store of its own", async () => {
  const path = join(folder, "feedback.db");
  expect([await voteIn(path), await voteIn(`sqlite:${path}?tenant=acme`)]).toEqual([1, 1]);
  expect(await voteIn(`sqlite:${path}?tenant=acme`)).toBe(2);
});

test("a file that is not there is made only by who may", async () => {
  const path = join(folder, "missing.db");
  await expect(openStore(path, { create: false })).rejects.toMatchObject({ code: "STORE_FAILED" });
  await expect(openStore(`sqlite:${path}`, { create: false })).rejects.toMatchObject({
    code: "STORE_FAILED",
  });
  expect(existsSync(path)).toBe(false);
});

test.each([
  "mysql://localhost/feedback",
  "https://example.com",
  "sqlite:?tenant=acme",
  "sqlite:feedback.db?tenat=acme",
  "postgres://[",
  "clickhouse://localhost/heed?sharding=yes",
])("%s names no store, and the error does not repeat it", async (name) => {
  const error = await openStore(name).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "INVALID_QUERY" });
  expect((error as Error).message).not.toContain(name);
});
