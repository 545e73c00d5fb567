import { HeedError, type Store } from "@heed/core";
import { historyEnd, type SimulatedHistory, simulateHistory } from "./simulate-history.ts";
import { dayMs } from "./simulate-request.ts";
import { world } from "./simulated-world.ts";

const seed = 3;

/**
 * The simulated history that a store holds already, so that sending it again stores nothing twice; for an empty
 * store, one that ends so long ago that its sequel ends `now`.
 *
 * @throws HeedError `STORE_FAILED` when the store holds something else: a demo never mixes with real feedback.
 */
export const recallHistory = async (store: Store, now: Date): Promise<SimulatedHistory> => {
  const [first] = (await store.readEvaluations({}, { limit: 1 })).items;
  const [firstVote] = (await store.readFeedback({}, { limit: 1 })).items;
  if (!first && !firstVote) return simulateHistory(seed, sequelStart(now));
  if (first?.metadata?.simulated !== true)
    throw new HeedError("STORE_FAILED", "the demo's history does not go into a store with other records");
  // Ids rise with time: the first record is the one with which the history began.
  return simulateHistory(seed, historyEnd(first.timestamp));
};

const sequelStart = (end: Date): Date => new Date(end.getTime() - world.sequelDays * dayMs);
