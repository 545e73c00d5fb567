import { HeedError } from "@heed/core";
import { type BatchAnswer, type ErrorBody, limits } from "@heed/schema";
import type { SimulatedHistory } from "./simulate-history.ts";

export interface LoadOptions {
  /** The address of the server, without a path. */
  readonly url: string;
  readonly serverKey: string;
  /** Hears after each batch how much of the whole is in the store. */
  readonly onProgress: (done: number, all: number) => void;
  /** Ends the loading after the batch under way. */
  readonly signal: AbortSignal;
}

/**
 * Sends a history through the HTTP endpoint, as a host's backend and its users would, in full batches. Sending
 * the same history again stores nothing twice.
 *
 * @returns How many items were new.
 * @throws HeedError with the code of the first refusal
 */
export const loadHistory = async (
  { records, events }: Pick<SimulatedHistory, "records" | "events">,
  { url, serverKey, onProgress, signal }: LoadOptions,
): Promise<number> => {
  const batches = [
    ...inBatches(records).map((batch) => ({ path: "/v1/evaluations", body: { records: batch } })),
    ...inBatches(events).map((batch) => ({ path: "/v1/feedback", body: { events: batch } })),
  ];
  const all = records.length + events.length;
  let done = 0;
  let stored = 0;
  for (const { path, body } of batches) {
    if (signal.aborted) break;
    const { results } = await post(`${url}${path}`, body, serverKey);
    const refused = results.find(({ status }) => status === "rejected" || status === "conflict");
    if (refused) throw new HeedError("INTERNAL", `the endpoint refused a simulated item: ${refused.status}`);
    stored += results.filter(({ status }) => status === "stored").length;
    done += results.length;
    onProgress(done, all);
  }
  return stored;
};

const inBatches = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / limits.batchItems) }, (_, at) =>
    items.slice(at * limits.batchItems, (at + 1) * limits.batchItems),
  );

const post = async (url: string, body: object, serverKey: string): Promise<BatchAnswer> => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${serverKey}` },
    body: JSON.stringify(body),
  });
  if (response.ok) return (await response.json()) as BatchAnswer;
  const { error } = (await response.json()) as ErrorBody;
  throw new HeedError(error.code, `the endpoint refused a simulated batch: ${error.message}`);
};
