import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import type { ChangeFilter, EvaluationFilter, FeedbackFilter } from "./store.ts";

/**
 * Whether an item matches a filter, for stores whose engine cannot say: all conditions must hold, and an item without the
 * field of a condition does not match it.
 *
 * @example
 * const found = items.filter(matcherOf({ userId: "user-1" }));
 */
export const matcherOf = ({
  requestId,
  since,
  until,
  userId,
  types,
}: FeedbackFilter | EvaluationFilter | ChangeFilter) => {
  const requestIds = requestId === undefined ? undefined : new Set([requestId].flat());
  return (item: FeedbackEvent | EvaluationRecord | ChangeRecord): boolean =>
    (requestIds === undefined || ("requestId" in item && requestIds.has(item.requestId))) &&
    (since === undefined || item.timestamp >= since) &&
    (until === undefined || item.timestamp < until) &&
    (userId === undefined || ("userId" in item && item.userId === userId)) &&
    (types === undefined || ("type" in item && types.includes(item.type)));
};
