import { readAll } from "../read-all.ts";
import type { RequestQuery } from "../requests/request-batch.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import type { Store } from "../store.ts";

/**
 * The names of all automatic scores of the voted requests of a period, sorted. No verb of a store gives them, so the
 * records of these requests are read once, batch by batch.
 */
export const findScoreNames = async (
  store: Store,
  { since, until }: Pick<RequestQuery, "since" | "until">,
): Promise<readonly string[]> => {
  const names = new Set<string>();
  for await (const { requestIds } of scanRequests(store, { votedOnly: true, since, until })) {
    const records = readAll((filter, page) => store.readEvaluations(filter, page), { requestId: requestIds });
    for await (const { evalScores = {} } of records)
      for (const name of Object.keys(evalScores)) names.add(name);
  }
  return [...names].sort();
};
