import { sqliteStore } from "@heed/store-sqlite";
import { simulatedHistory } from "../simulated-history.ts";

/** Fills a new SQLite file with a simulated history of `n` evaluation records and a tenth as many votes. */
export const makeStore = async (path: string, n: number): Promise<void> => {
  const store = sqliteStore(path);
  await store.setup();
  const history = simulatedHistory(n, 10_000);
  for (const records of history.records()) await store.appendEvaluations(records);
  for (const votes of history.votes()) await store.appendFeedback(votes);
  await store.close();
};
