import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import { countRequests, getFeedbackSummary, groupRequests, type Store, scanRequests } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { clickhouseStore } from "@heed/store-clickhouse";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type ClickHouseNode, startClickHouse, startClickHouseCluster } from "../engines/start-clickhouse.ts";

const idOf = (n: number) => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;
const event = (n: number, fields: object = {}): FeedbackEvent =>
  ({
    id: idOf(n),
    requestId: `req-${n}`,
    type: "explicit_thumbs_up",
    value: true,
    timestamp: new Date(n),
    ...fields,
  }) as FeedbackEvent;
const record = (n: number, fields: object = {}): EvaluationRecord => ({
  id: idOf(n),
  requestId: `req-${n}`,
  timestamp: new Date(n),
  ...fields,
});
const numbers = (length: number) => Array.from({ length }, (_, n) => n);

const open: { close(): Promise<unknown> }[] = [];
const connect = (url: string) => {
  const client = createClient({ url, log: { level: 127 } });
  open.push(client);
  return client;
};
afterAll(() => Promise.all(open.map((one) => one.close())));

const idsIn = async (store: Store): Promise<string[]> =>
  (await store.readFeedback({}, { limit: 10_000 })).items.map(({ id }) => id);

describe("tables", () => {
  const client = connect(inject("engines").clickhouseUrl);

  test("several clients may set up at once, and again", async () => {
    const stores = numbers(4).map(() =>
      clickhouseStore(connect(inject("engines").clickhouseUrl), { database: "several" }),
    );
    await Promise.all(stores.map((store) => store.setup()));
    expect(await stores[0]!.appendFeedback([event(1)])).toEqual(["stored"]);
    await stores[1]!.setup();
    expect(await idsIn(stores[2]!)).toEqual([idOf(1)]);
  });

  test("tables of a newer version are refused, and so are none at all", async () => {
    const store = clickhouseStore(client, { database: "newer" });
    await expect(idsIn(store)).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("call setup() first"),
    });
    await store.setup();
    await client.command({ query: "INSERT INTO newer.heed_version VALUES (99)" });
    for (const ask of [() => store.setup(), () => idsIn(clickhouseStore(client, { database: "newer" }))])
      await expect(ask()).rejects.toMatchObject({
        code: "STORE_FAILED",
        message: expect.stringContaining("newer version"),
      });
  });

  test("names that are no identifiers are refused", () => {
    for (const name of ["a b", "x; DROP TABLE y", "1st", "", "é", "a".repeat(64)]) {
      expect(() => clickhouseStore(client, { database: name })).toThrow(/database/);
      expect(() => clickhouseStore(client, { cluster: name })).toThrow(/cluster/);
    }
  });

  test("what the engine refuses is STORE_FAILED with its error, and no text of the caller's", async () => {
    const store = clickhouseStore(client, { database: "refusing" });
    await store.setup();
    await client.command({ query: "DROP TABLE refusing.feedback_events SYNC" });
    const refusal = store.readFeedback({ userId: "somebody" }, { limit: 1 });
    await expect(refusal).rejects.toMatchObject({ code: "STORE_FAILED", cause: { code: "60" } });
    await expect(refusal).rejects.not.toThrow(/somebody/);
  });
});

describe("writers of one id at once", () => {
  const { clickhouseUrl, shardUrls, cluster } = inject("engines");
  const nodes = shardUrls.map(connect);
  const database = "rivals";
  const onOneNode = () => clickhouseStore(connect(clickhouseUrl), { database });
  const onTwoShards = () => clickhouseStore(connect(shardUrls[0]!), { database, cluster, nodes });

  test.each([
    ["one node", 25, onOneNode],
    ["two shards", 4, onTwoShards],
  ] as const)("on %s one of them stands, and each is told which", async (_, rounds, openStore) => {
    const rivals = numbers(3).map(() => openStore());
    await rivals[0]!.setup();
    for (const n of numbers(rounds)) {
      // Of other requests, too, which may lie on the other shard.
      const variants = rivals.map((_, at) => event(n, { userId: `user-${at}`, requestId: `req-${at}` }));
      const outcomes = (
        await Promise.all(rivals.map((rival, at) => rival.appendFeedback([variants[at]!])))
      ).flat();
      expect(outcomes.filter((outcome) => outcome !== "conflict")).toEqual(["stored"]);
      for (const rival of rivals)
        expect((await rival.readFeedback({}, { limit: 100 })).items[n]).toEqual(
          variants[outcomes.indexOf("stored")],
        );
    }
  });
});

describe("one shard of two gone", () => {
  let shards: Awaited<ReturnType<typeof startClickHouseCluster>>;
  let store: ReturnType<typeof clickhouseStore>;
  let partial: Store;
  const missing: number[][] = [];
  const all = numbers(60);
  /** Those of the requests whose shard is there when the second is gone. */
  let living: number[];
  let dead: number[];

  beforeAll(async () => {
    shards = await startClickHouseCluster({ name: "two" });
    const nodes = shards.nodes.map(({ url }) => connect(url));
    store = clickhouseStore(nodes[0]!, { cluster: "two", nodes });
    partial = clickhouseStore(nodes[0]!, {
      cluster: "two",
      nodes,
      allowPartial: true,
      onPartial: ({ missingShards }) => missing.push([...missingShards]),
    });
    await store.setup();
    await store.appendEvaluations(all.map((n) => record(n, { evalScores: { overall: n / 60 } })));
    await store.appendFeedback(all.map((n) => event(n)));
    const query = "SELECT id FROM heed.feedback_events_local ORDER BY id";
    const there = await nodes[0]!.query({ query, format: "JSONEachRow" });
    const local = new Set((await there.json<{ id: string }>()).map(({ id }) => id));
    living = all.filter((n) => local.has(idOf(n)));
    dead = all.filter((n) => !local.has(idOf(n)));
    expect(living.length * dead.length).toBeGreaterThan(0);
    await shards.nodes[1]!.kill();
  }, 60_000);
  afterAll(() => shards?.stop());

  test("no answer rests on half of the data", async () => {
    const incomplete = { code: "STORE_INCOMPLETE" };
    await expect(idsIn(store)).rejects.toMatchObject(incomplete);
    await expect(store.readEvaluations({}, { limit: 1 })).rejects.toMatchObject(incomplete);
    await expect(Array.fromAsync(scanRequests(store, {}))).rejects.toMatchObject(incomplete);
    await expect(countRequests(store, {})).rejects.toMatchObject(incomplete);
    await expect(groupRequests(store, { score: "overall" })).rejects.toMatchObject(incomplete);
    await expect(store.removeFeedback({})).rejects.toMatchObject(incomplete);
    await expect(store.eraseUser("user-1")).rejects.toMatchObject(incomplete);
  });

  test("whoever asks for partial answers gets them, and is told of each", async () => {
    expect(missing).toEqual([]);
    expect(await idsIn(partial)).toEqual(living.map(idOf));
    expect(missing.length).toBeGreaterThan(0);
    for (const ask of [
      () => countRequests(partial, {}),
      () => groupRequests(partial, { score: "overall" }).then(([group]) => group!.logged),
      () => Array.fromAsync(scanRequests(partial, {})).then(([batch]) => batch!.requestIds.length),
    ]) {
      const told = missing.length;
      expect(await ask()).toBe(living.length);
      expect(missing.slice(told)).toEqual([[2]]);
    }
    for (const shards of missing) expect(shards).toEqual([2]);
  });

  test("writes for the other shard go on, and only the rest is refused", async () => {
    const again = living.slice(0, 5).map((n) => event(100 + n, { requestId: `req-${n}` }));
    expect(await store.appendFeedback(again)).toEqual(again.map(() => "stored"));
    expect(await store.appendFeedback(again)).toEqual(again.map(() => "duplicate"));
    // An id of the shard that is there is known, whatever request it comes with.
    for (const fields of [{ userId: "other" }, { requestId: `req-${living[1]}` }])
      expect(await store.appendFeedback([{ ...again[0]!, ...fields } as FeedbackEvent])).toEqual([
        "conflict",
      ]);
    // Callers that share an insert do not share its failure.
    const [good, bad, mixed] = await Promise.allSettled([
      store.appendFeedback([event(201, { requestId: `req-${living[1]}` })]),
      store.appendFeedback([event(202, { requestId: `req-${dead[1]}` })]),
      store.appendFeedback([living[2], dead[2]].map((n, at) => event(203 + at, { requestId: `req-${n}` }))),
    ]);
    expect(good).toMatchObject({ status: "fulfilled", value: ["stored"] });
    for (const refused of [bad, mixed])
      expect(refused).toMatchObject({ status: "rejected", reason: { code: "STORE_FAILED" } });
  });

  test("once it is back everything is there, and what was refused can be sent again", async () => {
    await shards.nodes[1]!.restart();
    expect(await store.appendFeedback([event(202, { requestId: `req-${dead[1]}` })])).toEqual(["stored"]);
    expect(
      await store.appendFeedback(
        [living[2], dead[2]].map((n, at) => event(203 + at, { requestId: `req-${n}` })),
      ),
    ).toEqual(["duplicate", "stored"]);
    expect((await idsIn(store)).length).toBe(60 + 5 + 4);
    const told = missing.length;
    expect((await idsIn(partial)).length).toBe(60 + 5 + 4);
    expect(missing.length).toBe(told);
    expect(await countRequests(store, {})).toBe(60);
    expect((await getFeedbackSummary(store, `req-${dead[1]}`)).thumbsUp).toBe(2);
  });
});

describe("erasure", () => {
  let node: ClickHouseNode;
  beforeAll(async () => {
    node = await startClickHouse();
  }, 60_000);
  afterAll(() => node?.stop());

  /** The files below a folder that contain a text. */
  const filesWith = (text: string, folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path).includes(text));

  test("leaves nothing of the user in any active part, nor in the log of the engine's changes", async () => {
    const client = connect(node.url);
    const store = clickhouseStore(client, { database: "erasing" });
    await store.setup();
    // Uncompressed, so that a text can be found at all.
    await client.command({
      query: "ALTER TABLE erasing.feedback_events MODIFY SETTING default_compression_codec = 'NONE'",
    });
    const marker = "marker-of-a-user";
    const own = numbers(30).map((n) =>
      event(n, { userId: marker, type: "explicit_text_comment", value: `${marker} says ${n}` }),
    );
    for (const one of own) await store.appendFeedback([one, event(100 + Number(one.timestamp))]);
    expect(filesWith(marker, node.dir).length).toBeGreaterThan(0);
    expect(await store.eraseUser(marker)).toBe(30);
    expect(await store.appendFeedback(own)).toEqual(own.map(() => "erased"));

    const query = "SELECT path FROM system.parts WHERE active AND database = 'erasing'";
    const parts = await (await client.query({ query, format: "JSONEachRow" })).json<{ path: string }>();
    expect(parts.length).toBeGreaterThan(0);
    for (const { path } of parts) expect(filesWith(marker, path)).toEqual([]);
    const log = await client.query({ query: "SELECT command FROM system.mutations", format: "JSONEachRow" });
    expect(await log.text()).not.toContain(marker);
    expect(await idsIn(store)).toEqual(numbers(30).map((n) => idOf(100 + n)));
  });
});
