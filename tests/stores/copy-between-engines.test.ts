import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreCopy } from "@heed/core";
import { afterAll, expect, inject, test } from "vitest";
import { openStore } from "../../packages/cli/src/open-store.ts";
import { recordingIo } from "../../packages/cli/src/recording-io.ts";
import { run } from "../../packages/cli/src/run.ts";
import { writeSimulatedStore } from "../../packages/cli/src/simulated-store.ts";

const { postgresUrl, clickhouseUrl } = inject("engines");
const folder = mkdtempSync(join(tmpdir(), "heed-copy-"));
afterAll(() => rmSync(folder, { recursive: true }));

const origin = join(folder, "origin.db");
const houses = [
  `${postgresUrl}?schema=heed_moved&tenant=acme`,
  `${clickhouseUrl.replace("http:", "clickhouse:")}/heed_moved?tenant=acme`,
  `sqlite:${join(folder, "last.db")}`,
];

const copy = async (from: string, to: string): Promise<StoreCopy> => {
  const io = recordingIo();
  const exitCode = await run(["copy", "--from", from, "--to", to, "--json"], io);
  expect([io.err(), exitCode]).toEqual(["", 0]);
  return JSON.parse(io.out());
};

test("a store that moves from SQLite over Postgres and ClickHouse back to SQLite arrives as it was", async () => {
  await writeSimulatedStore(origin);
  const first = await openStore(origin);
  await first.store.eraseUser("user-1");
  await first.close();

  let from = origin;
  const digests: string[] = [];
  for (const to of houses) {
    const { verified, feedback, evaluations, changes } = await copy(from, to);
    expect([verified, changes.count]).toEqual([true, 1]);
    expect(feedback.copied).toBe(feedback.count);
    digests.push(`${feedback.digest} ${evaluations.digest} ${changes.digest}`);
    expect((await copy(from, to)).feedback).toMatchObject({ verified: true, copied: 0 });
    from = to;
  }
  expect(new Set(digests).size).toBe(1);

  const { store, close } = await openStore(houses.at(-1)!);
  expect(await store.readErasedUsers()).toHaveLength(1);
  await close();
});
