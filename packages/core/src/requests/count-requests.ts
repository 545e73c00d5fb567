import type { Store } from "../store.ts";
import type { RequestQuery } from "./request-batch.ts";
import { scanRequests } from "./scan-requests.ts";

/** Counts the requests that were logged in a period, voted on or not. */
export const countRequests = async (
  store: Store,
  query: Pick<RequestQuery, "since" | "until">,
): Promise<number> => {
  if (store.countRequests) return store.countRequests(query);
  let logged = 0;
  for await (const { timestampMs } of scanRequests(store, query))
    for (const time of timestampMs) if (!Number.isNaN(time)) logged++;
  return logged;
};
