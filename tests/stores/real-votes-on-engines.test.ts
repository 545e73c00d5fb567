import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import {
  correlateFeedbackWithMetrics,
  memoryStore,
  recordEvaluation,
  recordFeedback,
  type Store,
} from "@heed/core";
import { clickhouseStore } from "@heed/store-clickhouse";
import { postgresStore } from "@heed/store-postgres";
import { sqliteStore } from "@heed/store-sqlite";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { readRecords, readThumbs, realVotes } from "../support/real-votes.ts";

const { postgresUrl, clickhouseUrl, shardUrls, cluster } = inject("engines");
const database = "real_votes";

const folder = mkdtempSync(join(tmpdir(), "heed-real-votes-"));
const pool = new pg.Pool({ connectionString: postgresUrl });
const clients = [clickhouseUrl, ...shardUrls].map((url) => createClient({ url, log: { level: 127 } }));
const [single, ...shards] = clients;

const stores: Readonly<Record<string, Store>> = {
  SQLite: sqliteStore(join(folder, "votes.db")),
  Postgres: postgresStore(pool, { schema: database }),
  ClickHouse: clickhouseStore(single!, { database }),
  "ClickHouse on two shards": clickhouseStore(shards[0]!, { database, cluster }),
};

afterAll(async () => {
  await pool.end();
  for (const client of clients) await client.close();
  rmSync(folder, { recursive: true });
});

const levels = ["request", "model"] as const;

/** Every number of an answer, by where it is. */
const numbersIn = (value: unknown, path = ""): [string, number][] => {
  if (typeof value === "number") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`));
};

describe.runIf(!Object.values(realVotes).includes(null))("10,920 real thumbs and GPT-4 verdicts", () => {
  const records = realVotes.pairs === null ? [] : readRecords();
  const thumbs = realVotes.thumbs === null ? [] : readThumbs(({ worker, pair }) => `${worker}:${pair}`);
  const answers = async (store: Store) =>
    Promise.all(levels.map((level) => correlateFeedbackWithMetrics(store, { level })));
  let expected: readonly unknown[];

  const load = async (store: Store): Promise<void> => {
    for (let at = 0; at < records.length; at += 1_000)
      await recordEvaluation(store, records.slice(at, at + 1_000));
    for (let at = 0; at < thumbs.length; at += 1_000)
      await recordFeedback(store, thumbs.slice(at, at + 1_000));
  };

  beforeAll(async () => {
    const memory = memoryStore();
    await load(memory);
    expected = await answers(memory);
  });

  test.each(Object.entries(stores))(
    "correlate on %s as in memory, to a relative 1e-12",
    async (name, store) => {
      for (const client of name.includes("shards") ? shards.slice(1) : [])
        await clickhouseStore(client, { database, cluster }).setup();
      await store.setup?.();
      await load(store);
      const found = await answers(store);
      for (const [at, [path, number]] of numbersIn(found).entries()) {
        const [expectedPath, expectedNumber] = numbersIn(expected)[at]!;
        expect(path).toBe(expectedPath);
        expect([path, Math.abs(number - expectedNumber) <= 1e-12 * Math.abs(expectedNumber)]).toEqual([
          path,
          true,
        ]);
      }
      expect(numbersIn(found)).toHaveLength(numbersIn(expected).length);
      const [ofRequests] = found;
      if (ofRequests?.verdict === "estimated")
        console.log(`${name}: n ${ofRequests.n}, Pearson ${ofRequests.pearson.r}`);
    },
  );
});
