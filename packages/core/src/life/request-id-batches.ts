import { requireTexts } from "../check-options.ts";

/** Requests that are read or removed in one go: few enough to hold nobody up. */
export const batchRequests = 500;

/** Each of the requests once, in batches, as records have their ids. */
export const requestIdBatches = (requestIds: readonly string[]): readonly (readonly string[])[] => {
  requireTexts("requestIds", requestIds);
  const ids = [...new Set(requestIds.map((requestId) => requestId.toWellFormed()))];
  return Array.from({ length: Math.ceil(ids.length / batchRequests) }, (_, at) =>
    ids.slice(at * batchRequests, (at + 1) * batchRequests),
  );
};
