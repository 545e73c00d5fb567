import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { readAll } from "../read-all.ts";
import type { Store } from "../store.ts";
import { requestIdBatches } from "./request-id-batches.ts";
import { requireUserId } from "./require-user-id.ts";

export interface ExportOptions {
  /**
   * The requests that the host knows to be the user's: records of evaluations name no user.
   * @default []
   */
  readonly requestIds?: readonly string[];
}

/** An event or a record, with its kind: as one line of JSON Lines, `heed import` takes it back. */
export type ExportedItem =
  | ({ readonly kind: "feedback" } & FeedbackEvent)
  | ({ readonly kind: "evaluation" } & EvaluationRecord);

/**
 * Gives everything that is kept of a user, page by page: all events of theirs, and then all records of the requests
 * that are theirs, each in the order of the ids. What others said about these requests is not the user's.
 *
 * @throws HeedError `INVALID_QUERY` when the user id is empty, `STORE_FAILED` or `STORE_CLOSED`; at the first step, or
 * at any later one
 *
 * @example
 * for await (const item of exportUser(store, "user-1", { requestIds: ["req-1"] })) file.write(`${JSON.stringify(item)}\n`);
 */
export async function* exportUser(
  store: Store,
  userId: string,
  { requestIds = [] }: ExportOptions = {},
): AsyncGenerator<ExportedItem, void, undefined> {
  const filter = { userId: requireUserId(userId) };
  const batches = requestIdBatches(requestIds);
  for await (const event of readAll((own, page) => store.readFeedback(own, page), filter))
    yield { kind: "feedback", ...event };
  for (const requestId of batches)
    for await (const record of readAll((own, page) => store.readEvaluations(own, page), { requestId }))
      yield { kind: "evaluation", ...record };
}
