import type { FeedbackFilter } from "@heed/core";
import type { Item } from "./data/make-items.ts";

/** The meaning of a filter, in plain words: an item without the field of a condition does not match it. */
export const matches =
  ({ requestId, since, until, userId, types }: FeedbackFilter) =>
  (item: Item): boolean =>
    (requestId === undefined || ("requestId" in item && [requestId].flat().includes(item.requestId))) &&
    (since === undefined || item.timestamp.getTime() >= since.getTime()) &&
    (until === undefined || item.timestamp.getTime() < until.getTime()) &&
    (userId === undefined || ("userId" in item && item.userId === userId)) &&
    (types === undefined || ("type" in item && types.includes(item.type)));
