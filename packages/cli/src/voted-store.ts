import { memoryStore, recordEvaluation, recordFeedback, type Store } from "@heed/core";
import type { EvaluationRecordInput } from "@heed/schema";

/** A request, what is logged of it, and who rated it how. */
export interface VotedRequest extends Omit<EvaluationRecordInput, "requestId"> {
  readonly votes?: readonly (readonly [userId: string, rating: number])[];
  readonly comment?: string;
}

/** A store in memory with these requests, called `r0`, `r1` and so on; for tests. */
export const votedStore = async (requests: readonly VotedRequest[]): Promise<Store> => {
  const store = memoryStore();
  for (const [at, { votes = [], comment, ...record }] of requests.entries()) {
    const requestId = `r${at}`;
    await recordEvaluation(store, { ...record, requestId });
    for (const [userId, value] of votes)
      await recordFeedback(store, { requestId, userId, type: "explicit_rating", value });
    if (comment !== undefined)
      await recordFeedback(store, { requestId, type: "explicit_text_comment", value: comment });
  }
  return store;
};

/** So many of something, made from its place. */
export const times = <Item>(count: number, make: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => make(at));
