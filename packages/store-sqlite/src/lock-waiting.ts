import type { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { sqliteCode } from "./sqlite-code.ts";

const retryMs = 10;

/**
 * How one connection waits for the write lock of another: as long as its own `busy_timeout` says, but never inside
 * SQLite, which would hold up the event loop and with it every read.
 */
export const lockWaiting = (database: DatabaseSync) => {
  let waitMs: number | undefined;
  let holding: Promise<unknown> | undefined;

  /** Runs `work`, and fails at once where another connection holds the lock that it needs. */
  const atOnce = <Answer>(work: () => Answer): Answer => {
    waitMs ??= database.prepare("PRAGMA busy_timeout").get()!.timeout as number;
    if (waitMs === 0) return work();
    database.exec("PRAGMA busy_timeout = 0");
    try {
      return work();
    } finally {
      database.exec(`PRAGMA busy_timeout = ${waitMs}`);
    }
  };

  /** Runs `work` until no other connection holds the lock that it needs. */
  const patiently = async <Answer>(work: () => Answer): Promise<Answer> => {
    while (holding) await holding;
    const startMs = performance.now();
    while (true) {
      try {
        return atOnce(work);
      } catch (error) {
        if (sqliteCode(error) !== "BUSY" || performance.now() - startMs >= waitMs!) throw error;
      }
      await setTimeout(retryMs);
    }
  };

  /** Lets `patiently` wait for something that holds the lock for long, however long it takes. */
  const during = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    while (holding) await holding;
    const working = work();
    holding = working.catch(() => {});
    try {
      return await working;
    } finally {
      holding = undefined;
    }
  };

  return { atOnce, patiently, during };
};

export type LockWaiting = ReturnType<typeof lockWaiting>;
