import { recordChange, recordEvaluation, recordFeedback, type Store } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import { type SimulatedHistory, simulateHistory } from "./demo/simulate-history.ts";

/** Writes the demo's history and its change of the prompt into an SQLite file; for tests. */
export const writeSimulatedStore = async (path: string): Promise<SimulatedHistory> => {
  const history = simulateHistory(3, new Date("2026-03-29T00:00:00Z"));
  await withSqlite(path, async (store) => {
    await store.setup?.();
    await recordEvaluation(store, history.records);
    await recordFeedback(store, history.events);
    await recordChange(store, history.change);
  });
  return history;
};

/** Opens an SQLite file for as long as `work` lasts; for tests. */
export const withSqlite = async <Answer>(
  path: string,
  work: (store: Store) => Promise<Answer>,
): Promise<Answer> => {
  const store = sqliteStore(path);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};
