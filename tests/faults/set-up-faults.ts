import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sqliteStore } from "@heed/store-sqlite";
import type { Browser, LaunchOptions } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "../support/launch-chromium.ts";
import { type FaultLab, startFaultLab } from "./start-fault-lab.ts";

/** What the fault tests of one file share, from their `beforeAll` to their `afterAll`: a store, a lab, a browser. */
export const setUpFaults = (options: LaunchOptions = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "heed-faults-"));
  const file = join(folder, "feedback.db");
  const store = sqliteStore(file);
  let lab: FaultLab;
  let browser: Browser;

  beforeAll(async () => {
    await store.setup();
    lab = await startFaultLab(store);
    browser = await launchChromium(options);
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  return {
    store,
    get lab(): FaultLab {
      return lab;
    },
    get browser(): Browser {
      return browser;
    },
    /** The ids of a user's events in the database, read behind the store's back: an event that is there twice is here twice. */
    storedOf: (userId: string): string[] => {
      const database = new DatabaseSync(file, { readOnly: true });
      const rows = database
        .prepare("SELECT id FROM feedback_events WHERE user_id = ? ORDER BY id")
        .all(userId);
      database.close();
      return rows.map(({ id }) => String(id));
    },
  };
};

export type FaultSetting = ReturnType<typeof setUpFaults>;
