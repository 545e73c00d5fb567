import type { Store } from "../store.ts";
import { requestIdBatches } from "./request-id-batches.ts";
import { requireUserId } from "./require-user-id.ts";
import { userDigest } from "./user-digest.ts";

export interface EraseOptions {
  /**
   * The requests that the host knows to be the user's: they go as a whole, with all that anybody said about them.
   * @default []
   */
  readonly requestIds?: readonly string[];
  /**
   * Tells the time of the receipt.
   * @default () => new Date()
   */
  readonly now?: () => Date;
}

/** What is left of an erasure, to be kept: no text of the user is in it. */
export interface ErasureReceipt {
  /** The `userDigest`: by it, who knows the user id finds the receipt again. */
  readonly digest: string;
  /** Events that this call removed. */
  readonly feedbackRemoved: number;
  /** Records of evaluations that this call removed. */
  readonly evaluationsRemoved: number;
  /** When it was done. */
  readonly erasedAt: Date;
}

/**
 * Removes a user's events, and the requests that are known to be theirs, beyond recovery as far as the engine can. From
 * then on events of that user are rejected as `USER_ERASED`, late retries among them. To erase a user again finds
 * nothing to remove. Changes stay: they are of the product. Records of the requests that are sent after this are new to
 * the store, and are kept.
 *
 * @throws HeedError `INVALID_QUERY` when the user id is empty, `STORE_FAILED` or `STORE_CLOSED`: then erase the user
 * again, which finishes it
 *
 * @example
 * const { digest, feedbackRemoved } = await eraseUser(store, "user-1", { requestIds: ["req-1", "req-2"] });
 */
export const eraseUser = async (
  store: Store,
  userId: string,
  { requestIds = [], now = () => new Date() }: EraseOptions = {},
): Promise<ErasureReceipt> => {
  const id = requireUserId(userId);
  let feedbackRemoved = 0;
  let evaluationsRemoved = 0;
  for (const requestId of requestIdBatches(requestIds)) {
    feedbackRemoved += await store.removeFeedback({ requestId });
    evaluationsRemoved += await store.removeEvaluations({ requestId });
  }
  // Last, for an engine that clears its files then clears them of all that was removed before.
  feedbackRemoved += await store.eraseUser(id);
  return { digest: userDigest(id), feedbackRemoved, evaluationsRemoved, erasedAt: now() };
};
