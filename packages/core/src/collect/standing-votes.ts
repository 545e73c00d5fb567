import type { FeedbackEvent } from "@heed/schema";
import { stableMean } from "../stable-mean.ts";
import { byTime } from "../time-order.ts";

/** A thumb or a rating that stands. */
export type StandingVote = Extract<
  FeedbackEvent,
  { type: "explicit_thumbs_up" | "explicit_thumbs_down" | "explicit_rating" }
>;

/** A comment that was not taken back. */
export type StandingComment = Extract<FeedbackEvent, { type: "explicit_text_comment" }>;

/** What users said of one request and still stand by. */
export interface Standing {
  /** At most one thumb and one rating a user, in order of time. */
  readonly votes: readonly StandingVote[];
  /** In order of time. */
  readonly comments: readonly StandingComment[];
}

/**
 * Folds the events of one request into what stands: of each user the latest thumb and the latest rating by
 * (timestamp, id), unless it was retracted later, and all comments since the user last took comments back.
 * Events without a user each stand alone. The order and repetition of the events change nothing.
 */
export const foldStanding = (events: readonly FeedbackEvent[]): Standing => {
  const votes = new Map<string, StandingVote>();
  const comments = new Map<string, StandingComment>();

  for (const event of [...events].sort(byTime)) {
    // Nobody's thumb can be told from another nobody's: the id keeps them apart.
    const owner = JSON.stringify(event.userId ?? { anonymous: event.id });
    switch (event.type) {
      case "explicit_thumbs_up":
      case "explicit_thumbs_down":
        votes.set(`thumb ${owner}`, event);
        break;
      case "explicit_rating":
        votes.set(`rating ${owner}`, event);
        break;
      case "explicit_text_comment":
        comments.set(event.id, event);
        break;
      case "explicit_retraction":
        if (event.value !== "comment") votes.delete(`${event.value} ${owner}`);
        else if (event.userId !== undefined)
          for (const [id, comment] of comments) if (comment.userId === event.userId) comments.delete(id);
    }
  }
  return { votes: [...votes.values()].sort(byTime), comments: [...comments.values()] };
};

/** What a vote says on the scale of 1 to 5: thumbs up 5, thumbs down 1, ratings as given. */
export const scoreOf = (vote: StandingVote): number =>
  vote.type === "explicit_rating" ? vote.value : vote.type === "explicit_thumbs_up" ? 5 : 1;

/** The human score of a request: the mean of its standing votes, 1 to 5; null without any. */
export const humanScore = (votes: readonly StandingVote[]): number | null =>
  votes.length === 0 ? null : stableMean(votes.map(scoreOf));
