import {
  type Discard,
  type DownReason,
  discardSchema,
  type FeedbackEvent,
  type UpReason,
  type Usage,
  usageSchema,
} from "@heed/schema";
import { readAll } from "../read-all.ts";
import { stableMean } from "../stable-mean.ts";
import type { Store } from "../store.ts";
import { foldStanding, humanScore } from "./standing-votes.ts";

/** What users said and did about one request's output. Explicit and implicit stand side by side, never summed. */
export interface FeedbackSummary {
  readonly requestId: string;
  /** Standing thumbs up, at most one a user. */
  readonly thumbsUp: number;
  readonly thumbsDown: number;
  /** How often each reason stands beside a thumb. */
  readonly reasons: Readonly<Partial<Record<UpReason | DownReason, number>>>;
  /** Standing ratings, at most one a user. */
  readonly ratingCount: number;
  /** Mean of the standing ratings, 1 to 5; null without any. */
  readonly avgRating: number | null;
  /** Mean of all standing votes, 1 to 5, a thumb up as 5 and a thumb down as 1; null without any. */
  readonly humanScore: number | null;
  /** Comments that were not taken back, oldest first. */
  readonly comments: readonly { readonly text: string; readonly userId?: string; readonly timestamp: Date }[];
  /** How often the output was put to use, by kind. */
  readonly usageIndicators: Readonly<Record<Usage, number>>;
  /** How often the output was thrown away, by kind. */
  readonly discards: Readonly<Record<Discard, number>>;
  /** Samples of what became of the output in the user's hands; means are null without any. */
  readonly edits: {
    readonly count: number;
    readonly meanSimilarity: number | null;
    readonly meanContainment: number | null;
  };
  /** How often the output was seen, and for how long in all. */
  readonly exposures: { readonly count: number; readonly visibleMs: number; readonly activeMs: number };
}

/**
 * Sums up the feedback on one request, on standing votes: of each user the latest thumb and the latest rating,
 * unless taken back. A request that nobody reacted to has counts of 0 and scores of null.
 *
 * @throws HeedError `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const { thumbsUp, thumbsDown, humanScore } = await getFeedbackSummary(store, "req-1");
 */
export const getFeedbackSummary = async (store: Store, requestId: string): Promise<FeedbackSummary> => {
  const events = await Array.fromAsync(
    readAll((filter, page) => store.readFeedback(filter, page), { requestId }),
  );
  const { votes, comments } = foldStanding(events);
  const ratings = votes.flatMap((vote) => (vote.type === "explicit_rating" ? vote.value : []));
  const edits = valuesOf(events, "implicit_edit");
  const exposures = valuesOf(events, "implicit_exposure");

  return {
    requestId,
    thumbsUp: votes.filter(({ type }) => type === "explicit_thumbs_up").length,
    thumbsDown: votes.filter(({ type }) => type === "explicit_thumbs_down").length,
    reasons: count(votes.flatMap((vote) => ("reasons" in vote ? (vote.reasons ?? []) : []))),
    ratingCount: ratings.length,
    avgRating: meanOrNull(ratings),
    humanScore: humanScore(votes),
    comments: comments.map(({ value, userId, timestamp }) => ({
      text: value,
      ...(userId !== undefined && { userId }),
      timestamp,
    })),
    usageIndicators: countEach(usageSchema.options, valuesOf(events, "implicit_usage")),
    discards: countEach(discardSchema.options, valuesOf(events, "implicit_discard")),
    edits: {
      count: edits.length,
      meanSimilarity: meanOrNull(edits.map(({ similarity }) => similarity)),
      meanContainment: meanOrNull(edits.map(({ containment }) => containment)),
    },
    exposures: {
      count: exposures.length,
      visibleMs: exposures.reduce((total, { visibleMs }) => total + visibleMs, 0),
      activeMs: exposures.reduce((total, { activeMs }) => total + activeMs, 0),
    },
  };
};

type ValueOf<Type> = Extract<FeedbackEvent, { type: Type }>["value"];

const valuesOf = <Type extends FeedbackEvent["type"]>(events: readonly FeedbackEvent[], type: Type) =>
  events.flatMap((event) => (event.type === type ? [event.value as ValueOf<Type>] : []));

const count = <Kind extends string>(found: readonly Kind[]): Partial<Record<Kind, number>> => {
  const counts: Partial<Record<Kind, number>> = {};
  for (const kind of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

const countEach = <Kind extends string>(kinds: readonly Kind[], found: readonly Kind[]) =>
  ({ ...Object.fromEntries(kinds.map((kind) => [kind, 0])), ...count(found) }) as Record<Kind, number>;

const meanOrNull = (values: readonly number[]): number | null =>
  values.length === 0 ? null : stableMean(values);
