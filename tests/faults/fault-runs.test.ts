import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sqliteStore } from "@heed/store-sqlite";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../support/launch-chromium.ts";
import { faultRun } from "./fault-run.ts";
import { type FaultLab, startFaultLab } from "./start-fault-lab.ts";

/** `HEED_FAULT_RUNS` makes it more; `HEED_FAULT_SEED` replays one. */
const runs = Number(process.env.HEED_FAULT_RUNS ?? 60);
const replayed = process.env.HEED_FAULT_SEED;
const seeds = replayed ? [Number(replayed)] : Array.from({ length: runs }, (_, run) => 1 + run);
const atOnce = 4;

const folder = mkdtempSync(join(tmpdir(), "heed-faults-"));
const file = join(folder, "feedback.db");
const store = sqliteStore(file);
let browser: Browser;
let lab: FaultLab;

beforeAll(async () => {
  await store.setup();
  lab = await startFaultLab(store);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await lab?.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

it(`across ${seeds.length} bad days, what was acknowledged or waiting is stored exactly once, or was told of`, {
  timeout: 30_000 + seeds.length * 15_000,
}, async () => {
  const total = { recorded: 0, required: 0, dropped: 0 };
  const failures: string[] = [];
  const waiting = [...seeds];
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const failure = await judge(seed).catch((error: Error) => error.message);
      if (failure) failures.push(`HEED_FAULT_SEED=${seed} replays: ${failure}`);
    }
  };
  const judge = async (seed: number): Promise<string | undefined> => {
    const { recorded, required, dropped, steps } = await faultRun(browser, lab, seed);
    total.recorded += recorded;
    total.required += required.size;
    total.dropped += dropped;
    const missing = [...required].filter((id) => timesStored(id) !== 1);
    return missing.length <= dropped
      ? undefined
      : `${missing.length} of ${required.size} events are not stored once, ${dropped} were dropped: ${steps.join(", ")}`;
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  console.log(
    `${seeds.length} bad days: ${total.recorded} events recorded, ${total.required} of them acknowledged or waiting, ` +
      `${total.dropped} dropped; ${failures.length} days with a loss`,
  );
  expect(failures).toEqual([]);
});

const timesStored = (id: string): number => {
  const database = new DatabaseSync(file, { readOnly: true });
  const { n } = database.prepare("SELECT count(*) AS n FROM feedback_events WHERE id = ?").get(id) as {
    n: number;
  };
  database.close();
  return n;
};
