import type { Store } from "../store.ts";
import { byGroup, groupAccumulator } from "./group-accumulator.ts";
import type { GroupQuery, RequestGroup } from "./request-group.ts";
import { scanRequests } from "./scan-requests.ts";

/**
 * Gives the sufficient statistics of groups of logged requests, in the order of their labels, in memory that grows
 * with the groups alone. By the store's own fast path where it has one.
 */
export const groupRequests = async (store: Store, query: GroupQuery): Promise<readonly RequestGroup[]> => {
  const groups = await (store.groupRequests?.(query) ?? deriveGroups(store, query));
  return [...groups].sort(byGroup);
};

const deriveGroups = async (store: Store, query: GroupQuery): Promise<readonly RequestGroup[]> => {
  const { by = [], score, since, until } = query;
  const { add, groups } = groupAccumulator(query);
  const scores = score === undefined ? [] : [score];
  for await (const batch of scanRequests(store, { labels: by, scores, since, until })) {
    for (let at = 0; at < batch.requestIds.length; at++) {
      add({
        labels: batch.labels.map((column) => column[at]),
        timestampMs: batch.timestampMs[at]!,
        score: batch.scores[0]?.[at] ?? Number.NaN,
        humanScore: batch.humanScore[at]!,
        exposed: batch.exposed[at] === 1,
        discarded: batch.discarded[at] === 1,
      });
    }
  }
  return groups();
};
