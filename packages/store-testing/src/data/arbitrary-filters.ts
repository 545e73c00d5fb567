import type { ChangeFilter, EvaluationFilter, FeedbackFilter } from "@heed/core";
import type { FeedbackType } from "@heed/schema";
import fc from "fast-check";
import { optional, requestIds, timestamps, userIds } from "./arbitrary-items.ts";

const types: readonly FeedbackType[] = [
  "explicit_thumbs_up",
  "explicit_rating",
  "explicit_text_comment",
  "implicit_usage",
  "implicit_exposure",
];

const someRequestIds = fc.oneof(requestIds, fc.constant("unknown"));

/** Filters with any of the conditions on changes. */
export const arbitraryChangeFilters: fc.Arbitrary<ChangeFilter> = optional({
  since: timestamps,
  until: timestamps,
});

/** Filters with any of the conditions on records. */
export const arbitraryEvaluationFilters: fc.Arbitrary<EvaluationFilter> = optional({
  requestId: fc.oneof(someRequestIds, fc.array(someRequestIds, { maxLength: 3 })),
  since: timestamps,
  until: timestamps,
});

/** Filters with any of the conditions on events. */
export const arbitraryFeedbackFilters: fc.Arbitrary<FeedbackFilter> = fc
  .tuple(arbitraryEvaluationFilters, optional({ userId: userIds, types: fc.subarray([...types]) }))
  .map(([common, own]) => ({ ...common, ...own }));
